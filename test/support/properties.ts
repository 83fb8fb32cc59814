// Property tests take fast-check from here, with the settings of this project.
export * as fc from "./fast-check-settings.ts";
