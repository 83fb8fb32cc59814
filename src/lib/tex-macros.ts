// What TeX's macros stand for in plain text. Tables only; the reader is in tex-text.ts.
import { readTable } from "./character-table.ts";

/** Macro → character(s). */
export const symbols = readTable(`
alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ lambda λ
mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω
Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω digamma ϝ
textalpha α textbeta β textgamma γ textmu µ
times × div ÷ pm ± mp ∓ cdot · cdotp · centerdot · ast * star ⋆ bigstar ★ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗
odot ⊙ bigoplus ⊕ bigotimes ⊗ wedge ∧ vee ∨ bigwedge ⋀ bigvee ⋁ land ∧ lor ∨ lnot ¬ neg ¬ cap ∩ cup ∪ bigcap ⋂
bigcup ⋃ sqcup ⊔ sqcap ⊓ uplus ⊎ setminus ∖ smallsetminus ∖ backslash \\ amalg ⨿ dagger † ddagger ‡ dag † ddag ‡
leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥ geqslant ≥ neq ≠ ne ≠ ll ≪ gg ≫ lesssim ≲ gtrsim ≳ lessgtr ≶ lt < gt >
approx ≈ approxeq ≊ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ varpropto ∝ asymp ≍ prec ≺ succ ≻ preceq ⪯ succeq ⪰
subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ sqsubseteq ⊑ in ∈ ni ∋ notin ∉ parallel ∥ perp ⊥ bot ⊥ top ⊤
mid | vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖ vdash ⊢ models ⊨ vDash ⊨ triangleq ≜ doteq ≐ coloneqq ≔
to → rightarrow → longrightarrow ⟶ Rightarrow ⇒ Longrightarrow ⟹ implies ⟹ leftarrow ← gets ← longleftarrow ⟵
Leftarrow ⇐ impliedby ⟸ leftrightarrow ↔ longleftrightarrow ⟷ Leftrightarrow ⇔ Longleftrightarrow ⟺ iff ⟺ mapsto ↦
longmapsto ⟼ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ nearrow ↗ searrow ↘ nwarrow ↖ swarrow ↙
hookrightarrow ↪ rightharpoonup ⇀ rightleftharpoons ⇌ rightsquigarrow ⇝ leadsto ⇝ rightrightarrows ⇉
infty ∞ nabla ∇ partial ∂ forall ∀ exists ∃ nexists ∄ emptyset ∅ varnothing ∅ sum ∑ prod ∏ coprod ∐ int ∫ iint ∬
iiint ∭ oint ∮ ell ℓ hbar ℏ hslash ℏ Re ℜ Im ℑ aleph ℵ beth ℶ wp ℘ angle ∠ triangle △ triangledown ▽ square □
Box □ blacksquare ■ diamond ⋄ Diamond ◇ lozenge ◊ clubsuit ♣ spadesuit ♠ heartsuit ♥ diamondsuit ♦ surd √ prime ′
therefore ∴ because ∵ flat ♭ sharp ♯ natural ♮ checkmark ✓ xmark ✗ cmark ✓
langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrace { rbrace } lbrack [ rbrack ] colon :
ldots … dots … dotsc … dotsb … textellipsis … cdots ⋯ vdots ⋮ ddots ⋱
degree ° textdegree ° celsius ℃ copyright © textcopyright © textregistered ® texttrademark ™ S § P ¶ pounds £ euro €
texteuro € textsterling £ textyen ¥ textendash – textemdash — textquotesingle ' textquoteleft ‘ textquoteright ’
textquotedblleft “ textquotedblright ” textbackslash \\ textasciitilde ~ textasciicircum ^ textunderscore _
textbraceleft { textbraceright } textbar | textless < textgreater > textbullet • textdollar $ textpercent % texttimes × textpm ±
guillemotleft « guillemotright » LaTeX LaTeX TeX TeX BibTeX BibTeX
ss ß o ø O Ø l ł L Ł ae æ AE Æ oe œ OE Œ aa å AA Å i ı j ȷ imath ı jmath ȷ dh ð DH Ð th þ TH Þ ng ŋ NG Ŋ dj đ DJ Đ
colonequals ≔ vcentcolon : lbr { rbr } Angstrom Å angstrom Å micro µ`);

/** Macros that only say how their argument looks, or how things stand; they leave no trace. */
export const silent = new Set(
  `emph textbf textit texttt textsc textrm textsf textsl textup textmd textnormal text textnumero mathrm mathbf
  mathit mathsf mathtt mathcal mathfrak mathscr mathnormal mathds boldsymbol bm pmb mathop mathbin mathrel mathord
  mathopen mathclose operatorname operatornamewithlimits mbox hbox fbox makebox underline uline ul ensuremath protect
  smash phantom hphantom vphantom it bf em rm tt sc sl sf cal frak Bbb bfseries itshape rmfamily ttfamily sffamily
  scshape mdseries upshape normalfont normalsize tiny scriptsize footnotesize small large Large LARGE huge Huge
  displaystyle textstyle scriptstyle scriptscriptstyle boldmath unboldmath left right middle big Big bigg Bigg bigl
  bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm limits nolimits nonumber notag noindent centering hfill vfill
  allowbreak nobreak relax xspace null strut mathstrut noalign kern`.split(/\s+/),
);

/** Macros that stand for a space. */
export const spaces = new Set(
  "quad qquad enspace enskip thinspace space newline linebreak par hfil".split(" "),
);

/** Macros whose argument is bookkeeping and goes with them. */
export const dropped = new Set(
  "textcolor colorbox rule label ref eqref cref Cref autoref pageref cite citep citet citealp citeauthor citeyear nocite begin end vspace hspace color index footnotemark thanks".split(
    " ",
  ),
);

/** Accents: macro → combining mark.  */
// biome-ignore format: a table
export const accents = new Map([
  ["`", "\u0300"], ["'", "\u0301"], ["^", "\u0302"], ["~", "\u0303"], ['"', "\u0308"], ["=", "\u0304"], [".", "\u0307"],
  ["u", "\u0306"], ["v", "\u030c"], ["H", "\u030b"], ["c", "\u0327"], ["d", "\u0323"], ["b", "\u0331"], ["r", "\u030a"],
  ["k", "\u0328"], ["t", "\u0361"],
  ["hat", "\u0302"], ["widehat", "\u0302"], ["bar", "\u0304"], ["overline", "\u0304"], ["tilde", "\u0303"],
  ["widetilde", "\u0303"], ["vec", "\u20d7"], ["overrightarrow", "\u20d7"], ["dot", "\u0307"], ["ddot", "\u0308"],
  ["check", "\u030c"], ["breve", "\u0306"], ["acute", "\u0301"], ["grave", "\u0300"], ["mathring", "\u030a"],
]);

/** Letters that blackboard bold has a common character for. */
export const blackboard = new Map([
  ["C", "ℂ"],
  ["H", "ℍ"],
  ["N", "ℕ"],
  ["P", "ℙ"],
  ["Q", "ℚ"],
  ["R", "ℝ"],
  ["Z", "ℤ"],
]);
