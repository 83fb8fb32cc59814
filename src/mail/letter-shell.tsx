// The frame of every HTML part: tables, system fonts, 620 px, light and dark, nothing from outside.
import { raw } from "hono/html";
import type { Child, PropsWithChildren } from "hono/jsx";

/** Names of several words need no quotes, which would be five bytes each within an attribute. */
export const sans = "font-family:Archivo Narrow,Helvetica Neue,Helvetica,Arial,sans-serif;";
export const serif = "font-family:Georgia,Times New Roman,serif;";
export const ink = "color:#111111;";
export const dim = "color:#595959;";

/**
 * Mail readers that know media queries get dark colours and the narrow fold; the others the inline styles. Classes: bg
 * ground, ik ink, dm dim, ru rule, ikb ink as ground, h1 lead headline, wm wordmark, mg margin, bd body, r right column.
 */
const styles = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){.bg{background:#0c0c0d!important}.ik{color:#ececec!important}.dm{color:#a3a3a3!important}.ru{border-color:#ececec!important}.ha{border-color:#3d3d3d!important}.ikb{background:#ececec!important}}
@media (max-width:480px){.bd,.bd>tbody,.bd>tbody>tr,.bd>tbody>tr>td{display:block!important;width:auto!important}.mg br{display:none}.tx{padding-top:2px!important}.wm{font-size:46px!important;line-height:46px!important}.h1{font-size:30px!important;line-height:32px!important}.r{display:block!important;width:100%!important;text-align:left!important;padding-top:2px!important}}
`;

export type LetterShellProps = PropsWithChildren<{
  title: string;
  baseUrl: string;
  /** Shown beside the subject in lists of letters, not in the letter. */
  preview: string;
  /** Below the wordmark. */
  head?: Child;
}>;

export function LetterShell({ title, baseUrl, preview, head, children }: LetterShellProps) {
  return (
    <html lang="en" dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{title}</title>
        <style>{raw(styles)}</style>
      </head>
      <body class="bg" style="margin:0;padding:0;background:#ffffff">
        <div style="display:none;max-height:0;overflow:hidden">{preview}</div>
        {/* biome-ignore lint/a11y/useSemanticElements: mail readers take <main> away and leave a div alone */}
        <div role="main" lang="en">
          <Table class="bg" width="100%" bgcolor="#ffffff" style="table-layout:fixed">
            <tr>
              <td align="center" style="padding:18px 16px">
                <Table class="bd" width="100%" style="max-width:620px;text-align:left">
                  <Wordmark baseUrl={baseUrl} />
                  {head}
                  {children}
                </Table>
              </td>
            </tr>
          </Table>
        </div>
      </body>
    </html>
  );
}

type TableProps = PropsWithChildren<{ class?: string; width?: string; bgcolor?: string; style?: string }>;

/** A table for layout only. */
export function Table({ children, ...attributes }: TableProps) {
  return (
    <table role="presentation" cellpadding="0" cellspacing="0" border={0} {...attributes}>
      {children}
    </table>
  );
}

function Wordmark({ baseUrl }: { baseUrl: string }) {
  const size = "font-size:60px;line-height:60px;";
  return (
    <tr>
      <td colspan={2} style="padding:0 0 6px">
        <h1 style={`margin:0;${size}`}>
          <a
            href={`${baseUrl}/`}
            class="wm ik"
            style={`${sans}${size}font-weight:bold;letter-spacing:-0.04em;${ink}text-decoration:none`}
          >
            Broadsheet
          </a>
        </h1>
      </td>
    </tr>
  );
}
