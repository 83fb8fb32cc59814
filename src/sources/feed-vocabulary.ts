// The vocabularies feeds are written in, by the addresses of their namespaces; versions of one vocabulary count as one.
import type { XmlName } from "../lib/xml-query.ts";

function vocabulary(...namespaces: string[]): (name: string) => XmlName & { namespace: string[] } {
  return (name) => ({ name, namespace: namespaces });
}

export const atom = vocabulary("http://www.w3.org/2005/Atom");
export const dublinCore = vocabulary("http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/");
export const prism = vocabulary(
  "http://prismstandard.org/namespaces/basic/2.0/",
  "http://prismstandard.org/namespaces/basic/2.1/",
  "http://prismstandard.org/namespaces/basic/3.0/",
  "http://prismstandard.org/namespaces/1.2/basic/",
  "http://purl.org/rss/1.0/modules/prism/",
);
/** Elements of arXiv's own in its feeds and its query API. */
export const arxivSchema = vocabulary("http://arxiv.org/schemas/atom");
export const openSearch = vocabulary("http://a9.com/-/spec/opensearch/1.1/");
export const contentModule = vocabulary("http://purl.org/rss/1.0/modules/content/");
export const rssOne = vocabulary("http://purl.org/rss/1.0/");
/** RSS 2.0 has no namespace. */
export const rssTwo = vocabulary("");
