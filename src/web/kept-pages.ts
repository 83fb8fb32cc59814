// Answers of pages that are asked for again and again and made of one value, kept as long as that value is: as text, with its
// tag, and compressed. The bytes are those that http/finish-answer.ts would make of the text.
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Context } from "hono";
import { takesGzip } from "../http/finish-answer.ts";

/** Ways to show one value (under another address, with another line); more are not kept. */
const mostWays = 8;

interface KeptPage {
  html: string;
  tag: string;
  /** Compressed when first asked for. */
  packed: Promise<Uint8Array<ArrayBuffer>> | null;
}

export interface KeptPages {
  /** Answers with the page of the value; `way` names everything else it is made of, `render` makes its whole text. */
  answer(c: Context, value: object, page: { way: string; render: () => Promise<string> }): Promise<Response>;
}

export function keepPages(): KeptPages {
  const pages = new WeakMap<object, Map<string, KeptPage>>();
  return {
    async answer(c, value, { way, render }) {
      const ways = pages.get(value) ?? new Map<string, KeptPage>();
      pages.set(value, ways);
      const page = ways.get(way) ?? makePage(await render());
      if (!ways.has(way) && ways.size >= mostWays) ways.clear();
      ways.set(way, page);
      return answerKept(c, page);
    },
  };
}

function makePage(html: string): KeptPage {
  return { html, tag: `"${createHash("sha1").update(html).digest("hex")}"`, packed: null };
}

/** As whoever finishes answers would make it. */
async function answerKept(c: Context, page: KeptPage): Promise<Response> {
  if (!takesGzip(c) || c.req.method === "HEAD") {
    c.header("ETag", page.tag);
    return c.html(page.html);
  }
  page.packed ??= pack(page.html);
  c.header("ETag", `W/${page.tag}`);
  c.header("Content-Encoding", "gzip");
  c.header("Vary", "Accept-Encoding", { append: true });
  return c.body(await page.packed, 200, { "Content-Type": "text/html; charset=UTF-8" });
}

async function pack(html: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await promisify(gzip)(html));
}
