// What an OAI-PMH archive says of itself: Identify, ListSets, ListMetadataFormats.
import type { Day } from "../lib/clock.ts";
import { parseInstant } from "../lib/written-date.ts";
import { childrenOf, childText } from "../lib/xml-query.ts";
import type { XmlElement } from "../lib/xml-reader.ts";
import { oai } from "./arxiv-oai-record.ts";

export interface OaiIdentity {
  repositoryName: string;
  baseUrl: string;
  protocolVersion: string;
  /** Asking for what was before it is an error. */
  earliestDatestamp: Day;
  deletedRecord: string;
  granularity: string;
}

export interface OaiSet {
  /** "math:math:MP". */
  spec: string;
  name: string;
}

/** Null when it lacks what a harvester needs to know. */
export function readIdentity(identify: XmlElement): OaiIdentity | null {
  const text = (name: string) => childText(identify, oai(name)) ?? "";
  const earliestDatestamp = parseInstant(text("earliestDatestamp"))?.day;
  if (text("baseURL") === "" || earliestDatestamp === undefined) return null;
  return {
    repositoryName: text("repositoryName"),
    baseUrl: text("baseURL"),
    protocolVersion: text("protocolVersion"),
    earliestDatestamp,
    deletedRecord: text("deletedRecord"),
    granularity: text("granularity"),
  };
}

export function readSets(list: XmlElement): OaiSet[] {
  return childrenOf(list, oai("set")).flatMap((set) => {
    const spec = childText(set, oai("setSpec"));
    return spec === undefined ? [] : [{ spec, name: childText(set, oai("setName")) ?? spec }];
  });
}

/** The prefixes the archive serves. */
export function readPrefixes(list: XmlElement): string[] {
  return childrenOf(list, oai("metadataFormat"))
    .map((format) => childText(format, oai("metadataPrefix")))
    .filter((prefix) => prefix !== undefined);
}
