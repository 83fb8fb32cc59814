// OAI-PMH over the generated world: verbs, lists that resume, and the frame around every answer.
import type { FaultKind } from "./faults.ts";
import {
  type ListArguments,
  type OaiError,
  parseToken,
  readListArguments,
  readParameters,
  refuse,
} from "./oai-arguments.ts";
import {
  type OaiContent,
  renderError,
  renderFormats,
  renderFrame,
  renderIdentify,
  renderSets,
} from "./oai-frame.ts";
import { createOaiList, type OaiListAnswer } from "./oai-list.ts";
import { isPrefix, renderRecord } from "./oai-record.ts";
import { latestBatch, recordDelayMinutes, viewPaper } from "./paper-view.ts";
import type { World } from "./world-types.ts";

export interface OaiOptions {
  base: string;
  /** Records a page; a list of identifiers has eight times as many. */
  pageSize: number;
}

export interface OaiRequest {
  parameters: URLSearchParams;
  now: Date;
  /** Asks whether a fault strikes. */
  strike(kind: FaultKind): { missing?: number } | undefined;
}

/** Answers a request with a whole document. Errors of the protocol are answers too. */
export function createOai(world: World, options: OaiOptions): (request: OaiRequest) => string {
  const list = createOaiList(world, options);
  return (request) => {
    const given = readParameters(request.parameters);
    if (isError(given)) return renderFrame(options.base, request.now, renderError(given));
    return renderFrame(options.base, request.now, answer({ world, options, list }, request, given));
  };
}

interface Server {
  world: World;
  options: OaiOptions;
  list: (
    request: { list: ListArguments; skip: number | null; now: Date } & Pick<OaiRequest, "strike">,
  ) => OaiListAnswer | OaiError;
}

function isError(value: object): value is OaiError {
  return "code" in value && "reason" in value;
}

function answer(server: Server, request: OaiRequest, given: Record<string, string>): OaiContent {
  const { verb = "", resumptionToken, ...rest } = given;
  const plain = { Identify: renderIdentify, ListMetadataFormats: renderFormats, ListSets: renderSets }[verb];
  if (verb === "ListSets" && resumptionToken !== undefined)
    return renderError(refuse("badResumptionToken", "No resumption tokens for sets."));
  if (plain && Object.keys(rest).length > (verb === "ListMetadataFormats" && rest.identifier ? 1 : 0))
    return renderError(refuse("badArgument", `No other parameters allowed for ${verb}`));
  if (plain) return { attributes: { verb }, content: plain(server.options.base) };
  if (verb === "GetRecord") return getRecord(server, request, given);
  if (verb === "ListRecords" || verb === "ListIdentifiers") return answerList(server, request, given);
  return renderError(refuse("badVerb", "Invalid verb provided"));
}

function answerList(server: Server, { now, strike }: OaiRequest, given: Record<string, string>): OaiContent {
  const start =
    given.resumptionToken === undefined ? readListArguments(given, now) : resume(given, { now, strike });
  if (isError(start)) return renderError(start);
  const [list, skip] = "skip" in start ? [start.request, start.skip] : [start, null];
  const result = server.list({ list, skip, now, strike });
  // A request that resumes is repeated as it came; the first one already as it goes on (as measured).
  const { verb = "", resumptionToken } = given;
  const attributes = resumptionToken === undefined ? result.attributes : { verb, resumptionToken };
  return isError(result) ? renderError({ ...result, attributes }) : { ...result, attributes };
}

function resume(given: Record<string, string>, { now, strike }: Pick<OaiRequest, "now" | "strike">) {
  if (Object.keys(given).length > 2)
    return refuse("badArgument", "No other paramters allowed with resumptionToken");
  if (strike("token-expired")) return refuse("badResumptionToken", "Token has expired.");
  return parseToken(given.resumptionToken!, given.verb!, now);
}

function getRecord({ world }: Server, { now }: OaiRequest, given: Record<string, string>): OaiContent {
  const { verb = "", identifier = "", metadataPrefix = "" } = given;
  if (Object.keys(given).sort().join() !== "identifier,metadataPrefix,verb")
    return renderError(refuse("badArgument", "Parameters provided did not match expected."));
  if (!isPrefix(metadataPrefix))
    return renderError(
      refuse("cannotDisseminateFormat", "Did not recognize requested format", { verb, identifier }),
    );
  if (!/^oai:arXiv\.org:[a-zA-Z0-9./-]+$/.test(identifier))
    return renderError(refuse("idDoesNotExist", "Invalid identifier structure"));
  const paper = world.findPaper(identifier.replace("oai:arXiv.org:", ""));
  const view = paper && viewPaper(world, paper, latestBatch(world, now, recordDelayMinutes));
  const attributes = { verb, identifier, metadataPrefix };
  if (!view) return renderError(refuse("idDoesNotExist", "Nothing found for this ID", attributes));
  return { attributes, content: `<GetRecord>\n${renderRecord(metadataPrefix, view)}    </GetRecord>` };
}
