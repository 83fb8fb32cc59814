// The way in, on the front page of an owner who has not said yet what to follow.
import { links } from "../links.ts";

export interface StartNoticeProps {
  /** The papers below are the built-in sample. */
  sample: boolean;
}

export function StartNotice({ sample }: StartNoticeProps) {
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
