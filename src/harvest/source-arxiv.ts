// arXiv: listing and feed of each category as the day's signal, OAI-PMH as the authority and for days gone by.

import { censusStream } from "./harvest-arxiv-census.ts";
import { listingStream } from "./harvest-arxiv-listing.ts";
import { rangeStream, sweepStream } from "./harvest-arxiv-oai.ts";
import { feedStream } from "./harvest-arxiv-rss.ts";
import type { Source } from "./sources.ts";

export const arxivSource: Source = {
  name: "arxiv",
  title: "arXiv",
  accounts: ({ categories }) => categories,
  streams: ({ categories }) => [
    ...categories.map(listingStream),
    ...categories.map(feedStream),
    ...categories.map(sweepStream),
    censusStream,
  ],
  rangeStreams: ({ categories }, range) => categories.map((category) => rangeStream(category, range)),
};
