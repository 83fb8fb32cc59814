// How a reader begins, or tells more: a name, a file, what to follow. Each is a small form that leads back to where it stood.
import type { Follow, FollowKind } from "../library/library.ts";
import type { LibrarySettings } from "../library/settings.ts";
import { links } from "../links.ts";
import { ButtonForm, Field, PostForm, SelectField, SubmitButton } from "./forms.tsx";

export const followLabels: Record<FollowKind, string> = {
  search: "A search",
  author: "An author",
  category: "A category",
  keyword: "A word or phrase",
};

export interface StartProps {
  settings: LibrarySettings;
  /** Where the forms lead back to. */
  back: string;
}

export function NameForm({ settings, back }: StartProps) {
  return (
    <PostForm action="/me/taste/name">
      <input type="hidden" name="back" value={back} />
      <Field
        name="own-name"
        field="name"
        label="Your name, as papers print it"
        value={settings.name}
        maxlength={200}
        hint="What you wrote yourself teaches what you read. It is kept for this only."
      />
      <Field
        name="own-arxiv"
        field="arxivAuthor"
        label="Or your author’s page at arXiv"
        value={settings.arxivAuthor}
        maxlength={100}
        hint="arxiv.org/a/warner_s_1, or the last part of it."
      />
      <SubmitButton>Keep it</SubmitButton>
    </PostForm>
  );
}

export function FileForm({ back, replace = false }: { back: string; replace?: boolean }) {
  return (
    <form class="form" method="post" action="/me/taste/file" enctype="multipart/form-data">
      <input type="hidden" name="back" value={back} />
      <div class="field">
        <label for="references">Your references, or a library from here</label>
        <p class="hint" id="references-hint">
          BibTeX, RIS, CSL-JSON or Zotero RDF, or the JSON file of a library; 8 MB at most.
        </p>
        <input id="references" name="file" type="file" required aria-describedby="references-hint" />
      </div>
      {replace ? (
        <label class="choice">
          <input type="checkbox" name="replace" value="yes" /> Empty the library first (JSON only)
        </label>
      ) : null}
      <SubmitButton>Send it</SubmitButton>
    </form>
  );
}

export function FollowForm({ back }: { back: string }) {
  return (
    <PostForm action={links.follows()}>
      <input type="hidden" name="back" value={back} />
      <SelectField
        name="kind"
        label="Follow"
        options={Object.entries(followLabels).map(([value, label]) => ({ value, label }))}
      />
      <Field
        name="value"
        label="Which"
        maxlength={2_000}
        required
        hint="“state space” has:code; Ada Lovelace; cs.CL; a word is marked in every list."
      />
      <SubmitButton>Follow it</SubmitButton>
    </PostForm>
  );
}

/** One button that begins to follow, or stops. */
export function FollowButton({ kind, value, on, back, shown }: FollowButtonProps) {
  return (
    <ButtonForm action={on ? links.unfollow() : links.follows()} fields={{ kind, value, back }}>
      {on ? "Stop following" : "Follow"}
      {shown ? <bdi> {shown}</bdi> : <span class="unseen"> {value}</span>}
    </ButtonForm>
  );
}

interface FollowButtonProps extends Pick<Follow, "kind" | "value"> {
  on: boolean;
  back: string;
  /** What it says is followed, where the place does not show it; default: said, not shown. */
  shown?: string;
}
