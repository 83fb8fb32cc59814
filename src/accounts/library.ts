// The accounts library (better-auth) behind one narrow face. Nothing else in the program knows it; its own HTTP routes are
// not served, so that every way in is one of ours. It is loaded when somebody first signs in or shows a cookie.
import type { Db } from "../database/dialect.ts";
import type { Log } from "../lib/log.ts";
import {
  accountSchema,
  challengeSchema,
  credentialSchema,
  passkeySchema,
  sessionSchema,
} from "./library-names.ts";

/** What a way in ends with: cookies for the browser, as lines of Set-Cookie. */
export interface SignedIn {
  accountId: string;
  cookies: string[];
}

export interface FoundSession {
  accountId: string;
  sessionId: string;
  startedAt: Date;
  /** Set when the session was prolonged. */
  cookies: string[];
}

export interface Library {
  findSession(headers: Headers): Promise<FoundSession | null>;
  startSession(accountId: string, headers: Headers): Promise<string[]>;
  /** Does the same work for an unknown address, a wrong password and an account without one. */
  signInByPassword(addressKey: string, password: string, headers: Headers): Promise<SignedIn | null>;
  signOut(headers: Headers): Promise<string[]>;
  hashPassword(password: string): Promise<string>;
  verifyPassword(hash: string, password: string): Promise<boolean>;
  /** The challenge of a ceremony, for navigator.credentials. */
  passkeyChallenge(
    kind: "register" | "sign-in",
    headers: Headers,
  ): Promise<{ options: unknown; cookies: string[] }>;
  /** Null: refused. */
  registerPasskey(response: unknown, name: string, headers: Headers): Promise<string[] | null>;
  signInByPasskey(response: unknown, headers: Headers): Promise<SignedIn | null>;
}

export interface LibraryOptions {
  db: Db;
  log: Log;
  secret: string;
  /** Public address. */
  baseUrl: string;
  /** Begins the names of cookies. */
  cookiePrefix: string;
  secureCookies: boolean;
  /** The header in which our own code tells the network of the request. */
  networkHeader: string;
}

/** Idle sessions end after so long. */
const sessionSeconds = 30 * 24 * 3_600;
/** A session in use is prolonged at most so often. */
const prolongSeconds = 24 * 3_600;

export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const auth = await createAuth(options);
  const { api } = auth;
  const library: Library = {
    async findSession(headers) {
      const { headers: answer, response } = await api.getSession({ headers, returnHeaders: true });
      if (!response) return null;
      const { session } = response;
      return {
        accountId: session.userId,
        sessionId: session.id,
        startedAt: new Date(session.createdAt),
        cookies: answer.getSetCookie(),
      };
    },
    async startSession(accountId, headers) {
      const started = await api.startSession({ body: { accountId }, headers, returnHeaders: true });
      return started.headers.getSetCookie();
    },
    async signInByPassword(addressKey, password, headers) {
      const body = { email: addressKey, password };
      const signedIn = await refusedAsNull(() => api.signInEmail({ body, headers, returnHeaders: true }));
      return signedIn && { accountId: signedIn.response.user.id, cookies: signedIn.headers.getSetCookie() };
    },
    async signOut(headers) {
      return (await api.signOut({ headers, returnHeaders: true })).headers.getSetCookie();
    },
    async hashPassword(password) {
      return (await auth.$context).password.hash(password);
    },
    async verifyPassword(hash, password) {
      return (await auth.$context).password.verify({ hash, password });
    },
    async passkeyChallenge(kind, headers) {
      const given = { headers, returnHeaders: true } as const;
      const made =
        kind === "register"
          ? await api.generatePasskeyRegistrationOptions(given)
          : await api.generatePasskeyAuthenticationOptions(given);
      return { options: made.response, cookies: made.headers.getSetCookie() };
    },
    async registerPasskey(response, name, headers) {
      const body = { response, name };
      const made = await refusedAsNull(() =>
        api.verifyPasskeyRegistration({ body, headers, returnHeaders: true }),
      );
      return made?.headers.getSetCookie() ?? null;
    },
    async signInByPasskey(response, headers) {
      const made = await refusedAsNull(() =>
        api.verifyPasskeyAuthentication({
          body: { response: response as never },
          headers,
          returnHeaders: true,
        }),
      );
      return made && { accountId: made.response.user.id, cookies: made.headers.getSetCookie() };
    },
  };
  return library;
}

async function createAuth({
  db,
  log,
  secret,
  baseUrl,
  cookiePrefix,
  secureCookies,
  networkHeader,
}: LibraryOptions) {
  const [{ betterAuth }, { createAuthEndpoint }, { setSessionCookie }, { passkey }, { z }] =
    await Promise.all([
      import("better-auth"),
      import("better-auth/api"),
      import("better-auth/cookies"),
      import("@better-auth/passkey"),
      import("zod"),
    ]);
  const { origin, hostname } = new URL(baseUrl);
  /** For who has shown by our own means who he is: a mailed link, an invitation, the owner's code. */
  const startSession = createAuthEndpoint(
    { method: "POST", requireHeaders: true, body: z.object({ accountId: z.string() }) },
    async (ctx) => {
      const { internalAdapter } = ctx.context;
      const user = await internalAdapter.findUserById(ctx.body.accountId);
      if (!user) throw new Error("A session was started for an account that is gone.");
      const session = await internalAdapter.createSession(user.id);
      await setSessionCookie(ctx, { session, user });
      return { ok: true };
    },
  );
  return betterAuth({
    appName: "Broadsheet",
    baseURL: origin,
    secret,
    // As SQLite on both databases: instants are ISO text and flags 0 or 1 in all our tables.
    database: { db, type: "sqlite", transaction: false },
    user: accountSchema,
    session: { ...sessionSchema, expiresIn: sessionSeconds, updateAge: prolongSeconds },
    account: credentialSchema,
    verification: challengeSchema,
    emailAndPassword: { enabled: true, disableSignUp: true, maxPasswordLength: 256 },
    telemetry: { enabled: false },
    logger: { level: "error", log: (_, message) => log.error({ library: "better-auth" }, message) },
    advanced: {
      cookiePrefix,
      useSecureCookies: false,
      defaultCookieAttributes: { secure: secureCookies, httpOnly: true, sameSite: "lax", path: "/" },
      ipAddress: { ipAddressHeaders: [networkHeader] },
      // The schema is ours (database/account-tables.ts), and the library's check knows SQLite's catalogue only.
      database: { validateSchema: false },
    },
    plugins: [
      { id: "broadsheet", endpoints: { startSession } },
      passkey({
        rpID: hostname,
        rpName: "Broadsheet",
        origin,
        schema: passkeySchema,
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
      }),
    ],
  });
}

/** The library throws its refusals, each with a status; everything else is a defect. */
async function refusedAsNull<T>(run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    const status = (error as { statusCode?: number }).statusCode;
    if (typeof status === "number" && status >= 400 && status < 500) return null;
    throw error;
  }
}
