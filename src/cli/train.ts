// broadsheet train: makes a meaning model of the papers of this instance.
import { availableParallelism } from "node:os";
import { type App, openApp } from "../app.ts";
import { trainOwnModel } from "../jobs/train-own.ts";
import { AppError } from "../lib/errors.ts";
import { ownModelFile } from "../search/meaning/shipped-model.ts";
import { defaultTrainingSettings } from "../search/meaning/train.ts";
import type { Command, CommandInput, CommandOutcome } from "./command.ts";

export const trainCommand: Command = {
  name: "train",
  summary: "Learn from the papers here which words mean the same",
  usage: "train [--threads N] [--epochs N] [--seed N] [--out FILE]",
  help: `
Trains a model for search by meaning on the titles and abstracts of this instance: a vector for every stem
and frequent phrase. It takes over from the model that ships; a running server gives all papers new vectors
meanwhile. Nothing is downloaded and nothing leaves the machine. 90,000 papers take some minutes on two cores. Interrupted, it goes on after the last finished epoch when run again.
The same papers, settings and seed give the same model.

  --threads N   default: the machine's cores, at most 4
  --epochs N    times every paper is looked at; default ${defaultTrainingSettings.epochs}
  --seed N      default ${defaultTrainingSettings.seed}
  --out FILE    default: meaning/papers.model in the data folder`,
  options: {
    threads: { type: "string" },
    epochs: { type: "string" },
    seed: { type: "string" },
    out: { type: "string" },
  },
  async run(input) {
    if (input.positionals.length > 0) throw new AppError("bad-usage", "train takes no arguments.");
    const settings = {
      epochs: readNumber(input, "epochs", { least: 1, most: 100 }) ?? defaultTrainingSettings.epochs,
      seed: readNumber(input, "seed", { least: 0, most: 2 ** 31 - 1 }) ?? defaultTrainingSettings.seed,
    };
    const threads =
      readNumber(input, "threads", { least: 1, most: 64 }) ?? Math.min(4, availableParallelism());
    await using app = await openApp(input.config);
    return await trainAndDescribe(app, input, { settings, threads });
  },
};

interface Wanted {
  settings: { epochs: number; seed: number };
  threads: number;
}

async function trainAndDescribe(
  app: App,
  input: CommandInput,
  { settings, threads }: Wanted,
): Promise<CommandOutcome> {
  const file =
    typeof input.values.out === "string" ? input.values.out : ownModelFile(input.config.dataFolder);
  const startedMs = input.clock().getTime();
  const { progress, signal } = input;
  const trained = await trainOwnModel(app.db, { file, settings, threads, progress, signal });
  const seconds = (input.clock().getTime() - startedMs) / 1000;
  const { papers, rows, bytes } = trained;
  return {
    document: { file, ...trained, seconds },
    text: `${papers.toLocaleString("en-US")} papers taught ${rows.toLocaleString("en-US")} words and phrases in ${seconds.toFixed(0)} s: ${file}, ${(bytes / 1e6).toFixed(1)} MB.`,
  };
}

interface Bounds {
  least: number;
  most: number;
}

function readNumber({ values }: CommandInput, name: string, { least, most }: Bounds): number | undefined {
  const given = values[name];
  if (given === undefined) return undefined;
  const number = Number(given);
  if (/^\d+$/.test(String(given)) && number >= least && number <= most) return number;
  throw new AppError("bad-usage", `--${name} takes a whole number from ${least} to ${most}, not "${given}".`);
}
