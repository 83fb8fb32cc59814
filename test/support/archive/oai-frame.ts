// What every answer of OAI-PMH stands in, and the answers that are the same for everybody.
import { escapeMarkup, formatSeconds } from "./markup.ts";
import type { OaiError } from "./oai-arguments.ts";
import { metadataFormats } from "./oai-record.ts";
import { categories, setNames } from "./taxonomy.ts";

export interface OaiContent {
  /** Of <request>. */
  attributes: Record<string, string>;
  content: string;
}

export function renderIdentify(base: string): string {
  return `<Identify>
        <repositoryName>arXiv</repositoryName>
        <baseURL>${base}</baseURL>
        <protocolVersion>2.0</protocolVersion>
        <adminEmail>help@archive.example</adminEmail>
        <earliestDatestamp>2005-09-16</earliestDatestamp>
        <deletedRecord>persistent</deletedRecord>
        <granularity>YYYY-MM-DD</granularity>
    </Identify>`;
}

export function renderFormats(): string {
  const formats = Object.entries(metadataFormats).map(
    ([prefix, { schema, namespace }]) =>
      `<metadataFormat>\n    <metadataPrefix>${prefix}</metadataPrefix>\n    <schema>${schema}</schema>\n    <metadataNamespace>${namespace}</metadataNamespace>\n</metadataFormat>\n`,
  );
  return `<ListMetadataFormats>\n${formats.join("\n")}    </ListMetadataFormats>`;
}

export function renderSets(): string {
  const names = new Map(
    categories.flatMap(({ sets, name }) => sets.map((set) => [set, setNames[set] ?? name] as const)),
  );
  const sets = [...names].map(
    ([set, name]) =>
      `<set>\n        <setSpec>${set}</setSpec>\n        <setName>${escapeMarkup(name)}</setName>\n    </set>\n`,
  );
  return `<ListSets>\n${sets.join("\n")}    </ListSets>`;
}

const phrases: Record<string, string> = {
  badArgument:
    "The request includes illegal arguments, is missing required arguments, includes a repeated argument, or values for arguments have an illegal syntax.",
  badVerb:
    "Value of the verb argument is not a legal OAI-PMH verb, the verb argument is missing, or the verb argument is repeated.",
  badResumptionToken: "The value of the resumptionToken argument is invalid or expired.",
  cannotDisseminateFormat:
    "The metadata format identified by the value given for the metadataPrefix argument is not supported by the item or by the repository.",
  idDoesNotExist: "The value of the identifier argument is unknown or illegal in this repository.",
  noRecordsMatch:
    "The combination of the values of the from, until, set and metadataPrefix arguments results in an empty list.",
};

export function renderError({ code, reason, attributes }: OaiError): OaiContent {
  const text = `${phrases[code]}${reason === "" ? "" : ` Reason: ${reason}`}`;
  return { attributes, content: `<error code='${code}'>${escapeMarkup(text)}</error>` };
}

/** The document around an answer. */
export function renderFrame(base: string, now: Date, { attributes, content }: OaiContent): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeMarkup(value)}"`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" 
         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
         xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">
    <responseDate>${formatSeconds(now)}</responseDate>
                <request${written.join("")}>${base}</request>


    ${content}
</OAI-PMH>`;
}
