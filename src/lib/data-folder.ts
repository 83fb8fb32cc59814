// Makes sure that a data folder exists and can be written.
import { accessSync, constants, mkdirSync } from "node:fs";
import { AppError } from "./errors.ts";

/** Creates the folder when missing. Throws AppError "folder-unwritable" naming it. */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new AppError(
      "folder-unwritable",
      `The data folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code}).`,
      {
        remedy: "Choose another with --data DIR or BROADSHEET_DATA, or change its owner.",
        cause: error,
      },
    );
  }
}
