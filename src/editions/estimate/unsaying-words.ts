// Words of every abstract, which say nothing about what it is worth.

export const unsayingWords: ReadonlySet<string> = new Set(
  (
    "a an and are as at be been between both but by can for from has have however in into is it its more new not of on or " +
    "our paper propose show such than that the their these this to toward towards using via we which while with"
  ).split(" "),
);
