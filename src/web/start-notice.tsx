// The way in, on the front page of an owner who has not said yet what to follow.
import { links } from "../links.ts";

export function StartNotice({ sample }: { sample: boolean }) {
  return (
    <aside class="notice" aria-label="Getting started">
      <p>
        <a href={links.start()}>Choose what you follow</a>
      </p>
      <p>
        {sample ? "These papers are the built-in sample. " : "Nothing is fetched yet. "}
        Three questions, then the last seven days come from the archives.
      </p>
    </aside>
  );
}
