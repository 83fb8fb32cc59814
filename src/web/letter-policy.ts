// What a letter may do that is shown as a page of its own.

/** The letter as its reader would see it: inline styles and nothing else; no scripts, forms, frames or loads. */
export const letterPolicy =
  "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
