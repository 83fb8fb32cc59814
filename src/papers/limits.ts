// How much of a paper we hold. What is longer is no paper's title or abstract but a broken or hostile file.

/** Characters; the longest real titles have some 500. */
export const longestTitle = 5_000;
/** Characters; the longest real abstracts have some 36,000. */
export const longestAbstract = 200_000;
export const longestSourceId = 500;
