// HTML character references, decoded once: "&amp;" is "&", and "&amp;lt;" stays "&lt;".
import { readTable } from "./character-table.ts";

const named = readTable(`
amp & lt < gt > quot " apos ' ndash – mdash — horbar ― lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ lsaquo ‹
rsaquo › laquo « raquo » hellip … bull • middot · prime ′ Prime ″ dagger † Dagger ‡ sect § para ¶ copy © reg ®
trade ™ deg ° plusmn ± minus − times × divide ÷ frac12 ½ frac14 ¼ frac34 ¾ sup1 ¹ sup2 ² sup3 ³ micro µ ordf ª
ordm º not ¬ cent ¢ pound £ yen ¥ euro € curren ¤ iexcl ¡ iquest ¿ brvbar ¦ uml ¨ macr ¯ acute ´ cedil ¸ le ≤ leq ≤
ge ≥ geq ≥ ne ≠ equiv ≡ asymp ≈ approx ≈ sim ∼ cong ≅ prop ∝ infin ∞ isin ∈ notin ∉ ni ∋ sub ⊂ sup ⊃ sube ⊆ supe ⊇
cap ∩ cup ∪ and ∧ or ∨ forall ∀ exist ∃ empty ∅ nabla ∇ part ∂ sum ∑ prod ∏ int ∫ radic √ perp ⊥ oplus ⊕ otimes ⊗
sdot ⋅ lowast ∗ ang ∠ there4 ∴ larr ← rarr → uarr ↑ darr ↓ harr ↔ lArr ⇐ rArr ⇒ hArr ⇔ lang ⟨ rang ⟩ ell ℓ alefsym ℵ
lbrace { rbrace } lsqb [ rsqb ] lpar ( rpar ) num # percnt % dollar $ ast * plus + comma , period . colon : semi ;
equals = lowbar _ hyphen ‐ dash ‐ vert | sol / commat @ Hat ^ tilde ˜ circ ˆ inodot ı imath ı szlig ß AElig Æ
aelig æ OElig Œ oelig œ Oslash Ø oslash ø ETH Ð eth ð THORN Þ thorn þ Dstrok Đ dstrok đ Lstrok Ł lstrok ł Alpha Α
Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο Pi Π Rho Ρ
Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ
iota ι kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π rho ρ sigmaf ς sigma σ tau τ upsilon υ phi φ chi χ psi ψ
omega ω`);
for (const [name, character] of [
  ["nbsp", "\u00a0"],
  ["shy", "\u00ad"],
  ["ensp", " "],
  ["emsp", " "],
  ["thinsp", " "],
  ["hairsp", " "],
  ["zwj", "\u200d"],
  ["zwnj", "\u200c"],
  ["bsol", "\\"],
  ["grave", "`"],
] as const) {
  named.set(name, character);
}

/** Marks that make &eacute;, &Scaron;, &ccedil; and their like out of a letter. */
const marks = new Map([
  ["grave", "\u0300"],
  ["acute", "\u0301"],
  ["circ", "\u0302"],
  ["tilde", "\u0303"],
  ["uml", "\u0308"],
  ["ring", "\u030a"],
  ["caron", "\u030c"],
  ["cedil", "\u0327"],
  ["breve", "\u0306"],
  ["macr", "\u0304"],
  ["ogon", "\u0328"],
  ["dot", "\u0307"],
  ["dblac", "\u030b"],
]);

/** What browsers read &#128; to &#159; as: Windows-1252, not the C1 controls. */
const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const reference = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,15}));/g;

/** Decodes the common named references and every numeric one; unknown names stay as they are. */
export function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(reference, (given, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return fromCodePoint(Number.parseInt(decimal, 10));
    if (hex !== undefined) return fromCodePoint(Number.parseInt(hex, 16));
    return name === undefined ? given : (fromName(name) ?? given);
  });
}

function fromCodePoint(codePoint: number): string {
  if (codePoint >= 0x80 && codePoint < 0xa0) return windows1252.charAt(codePoint - 0x80);
  const valid = codePoint > 0 && codePoint <= 0x10ffff && (codePoint < 0xd800 || codePoint > 0xdfff);
  return valid ? String.fromCodePoint(codePoint) : "\ufffd";
}

function fromName(name: string): string | undefined {
  const direct = named.get(name);
  if (direct !== undefined) return direct;
  const mark = marks.get(name.slice(1));
  return mark === undefined ? undefined : (name.charAt(0) + mark).normalize("NFC");
}
