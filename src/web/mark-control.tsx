// The control of marks on a paper: one small word that opens five buttons, and the line that says what was done. Every button sends
// the one form of the page; without a reader to keep for there is neither.
import { html } from "hono/html";
import { useContext } from "hono/jsx";
import { type MarkKind, markKinds } from "../library/library.ts";
import { links } from "../links.ts";
import type { Paper } from "../papers/paper.ts";
import { KeeperContext, type MarkNote } from "./keeper-context.ts";
import { markLabels, markStates } from "./mark-acts.ts";

/** Id of the form that all buttons of marks belong to. */
const formId = "marks";

const shortcuts: Partial<Record<string, string>> = { save: "s", more: "m", less: "l", hide: "x" };

export function MarkControl({ paper }: { paper: Pick<Paper, "pk" | "id" | "titleText"> }) {
  const view = useContext(KeeperContext);
  if (!view) return null;
  const has = new Set((view.marks.get(paper.pk) ?? []).map(({ kind }) => kind));
  const states = markKinds.filter((kind) => has.has(kind)).map((kind) => markStates[kind]);
  const title = paper.titleText || "(no title given)";
  // One text, not twelve elements for every paper of a page: they cost more than the paper itself.
  return html`<details class="keep" data-paper="${paper.id}"><summary><span class="keep-state">${
    states.join(", ") || "mark"
  }</span><span class="unseen">: ${title}</span></summary><div class="keep-acts">${markKinds.map((kind) =>
    renderButton(kind, paper.id, has.has(kind)),
  )}</div></details>`;
}

function renderButton(kind: MarkKind, id: string, isSet: boolean) {
  const key = shortcuts[kind];
  return html`<button type="submit" form="${formId}" name="do" value="${isSet ? "un" : ""}${kind} ${id}" aria-pressed="${
    isSet ? "true" : "false"
  }"${key ? html` aria-keyshortcuts="${key}"` : ""}>${markLabels[kind]}</button>`;
}

/** Once a page, last: the form that the buttons send, and what was done. */
export function MarkForm() {
  const view = useContext(KeeperContext);
  if (!view) return null;
  return (
    <>
      <form id={formId} method="post" action={links.marks()}>
        <input type="hidden" name="back" value={view.path} />
      </form>
      <p class="said" id="said" role="status">
        {view.note ? <Said {...view.note} /> : null}
      </p>
    </>
  );
}

function Said({ text, undo }: MarkNote) {
  return (
    <>
      <span>{text}</span>{" "}
      <button type="submit" form={formId} name="do" value={undo}>
        Undo
      </button>
    </>
  );
}
