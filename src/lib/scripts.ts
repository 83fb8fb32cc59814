// Superscripts and subscripts as Unicode has them: few letters below the line, most above it.

const superscripts = pair(
  "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ*∗′°†‡⋆",
  "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ**′°†‡⋆",
);
const subscripts = pair("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ");
/** A longer script reads badly as tiny letters. */
const longestScript = 12;

function pair(from: string, to: string): Map<string, string> {
  const targets = [...to];
  return new Map([...from].map((character, index) => [character, targets[index] ?? character]));
}

/** "2+" → "²⁺"; null when a character has no such form. */
export function toSuperscript(text: string): string | null {
  return mapAll(text, superscripts);
}

/** "10" → "₁₀"; null when a character has no such form. */
export function toSubscript(text: string): string | null {
  return mapAll(text, subscripts);
}

function mapAll(text: string, table: Map<string, string>): string | null {
  if (text.length > longestScript) return null;
  let mapped = "";
  for (const character of text) {
    const target = table.get(character);
    if (target === undefined) return null;
    mapped += target;
  }
  return mapped;
}
