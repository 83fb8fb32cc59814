// What a tool is, and how it answers: data that fits its schema and the same as JSON text; what a caller can mend in a sentence.
import type { CallToolResult, McpServer } from "@modelcontextprotocol/server";
import type { z } from "zod";
import { AppError, formatError } from "../lib/errors.ts";
import type { ToolContext } from "./deps.ts";

export interface Tool<I extends z.ZodObject = z.ZodObject, O extends z.ZodObject = z.ZodObject> {
  name: string;
  title: string;
  description: string;
  input: I;
  output: O;
  /** Changes something of the reader's. */
  writes?: true;
  /** Throws AppError for what the caller can mend. */
  run(asked: z.infer<I>, context: ToolContext): Promise<z.infer<O>>;
}

/** Keeps the types of a tool's own schemas while it stands in a list of tools. */
export function defineTool<I extends z.ZodObject, O extends z.ZodObject>(tool: Tool<I, O>): Tool {
  return tool as unknown as Tool;
}

/** `scope` says what the collection holds; it ends every description. */
export function addTool(server: McpServer, tool: Tool, context: ToolContext, scope: string): void {
  const { name, title, description, input, output, writes = false } = tool;
  server.registerTool(
    name,
    {
      title,
      description: `${description} ${scope}`,
      inputSchema: input,
      outputSchema: output,
      annotations: {
        readOnlyHint: !writes,
        destructiveHint: false,
        idempotentHint: true,
        openWorldHint: false,
      },
    },
    (asked: Record<string, unknown>) => answer(tool, asked, context),
  );
}

async function answer(
  tool: Tool,
  asked: Record<string, unknown>,
  context: ToolContext,
): Promise<CallToolResult> {
  try {
    const structuredContent = await tool.run(asked, context);
    return { content: [{ type: "text", text: JSON.stringify(structuredContent) }], structuredContent };
  } catch (error) {
    if (error instanceof AppError) return refuse(formatError(error));
    context.log.error({ err: error, tool: tool.name }, "a tool met a defect");
    return refuse("Broadsheet met a defect of its own; its log says more.");
  }
}

function refuse(text: string): CallToolResult {
  return { content: [{ type: "text", text }], isError: true };
}
