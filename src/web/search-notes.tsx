// What a reader must know of how the query was taken: repaired, doubted, not understood, an identifier nobody holds.
import { outsideNotes } from "../search/outside-notes.ts";
import type { SearchAnswer } from "../search/search.ts";
import { cutAtCharacter } from "./cut.ts";
import { type PageSearch, searchAddress } from "./search-request.ts";

export function SearchNotes({ search, answer }: { search: PageSearch; answer: SearchAnswer }) {
  const { corrected, didYouMean, problem, direct, mode, outside, leftOut } = answer;
  if (answer.refused !== undefined) return null;
  const wordsAlone = search.mode !== "words" && mode === "words";
  return (
    <>
      {corrected ? (
        <p class="search-note" role="status">
          Next to nothing holds “<bdi>{search.query}</bdi>”, so{" "}
          <a href={searchAddress(search, { query: corrected.query })}>
            <bdi>{corrected.query}</bdi>
          </a>{" "}
          was searched. <a href={searchAddress(search, { asTyped: true })}>Search it as typed</a>
        </p>
      ) : null}
      {didYouMean ? (
        <p class="search-note" role="status">
          Did you mean{" "}
          <a href={searchAddress(search, { query: didYouMean })}>
            <bdi>{didYouMean}</bdi>
          </a>
          ?
        </p>
      ) : null}
      {problem ? <Problem search={search} {...problem} /> : null}
      {leftOut ? (
        <p class="search-note" role="status">
          <bdi>{leftOut}</bdi>
        </p>
      ) : null}
      {direct && !direct.id && !search.asTyped ? (
        <p class="search-note">No paper with this id or address is held here; these are the words of it.</p>
      ) : null}
      {wordsAlone && search.mode === "meaning" ? (
        <p class="search-note">Nothing can be said by meaning about this; words alone ranked it.</p>
      ) : null}
      {outside === "making" || outside === "unreachable" ? (
        <p class="search-note">{outsideNotes[outside]}</p>
      ) : null}
    </>
  );
}

/** Letters of the query shown on either side of where it went wrong. */
const around = 24;

function Problem({ search: { query }, message, at }: { search: PageSearch; message: string; at: number }) {
  const place = Math.min(Math.max(0, at), query.length);
  const before = query.slice(Math.max(0, place - around), place).toWellFormed();
  return (
    <p class="search-note" role="status">
      {message}{" "}
      {before === "" ? null : (
        <>
          It is after “<bdi>{before}</bdi>”.{" "}
        </>
      )}
      {cutAtCharacter(query, 1) === ""
        ? null
        : "The query was taken as plain words where it could not be read."}
    </p>
  );
}
