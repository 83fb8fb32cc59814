// How our tables and columns (database/account-tables.ts) are called in the library's words.

const times = { createdAt: "created_at", updatedAt: "updated_at" } as const;

export const accountSchema = {
  modelName: "accounts",
  fields: { email: "address_key", emailVerified: "address_verified", ...times },
};

export const sessionSchema = {
  modelName: "account_sessions",
  fields: {
    userId: "account_id",
    ipAddress: "network",
    userAgent: "user_agent",
    expiresAt: "expires_at",
    ...times,
  },
};

export const credentialSchema = {
  modelName: "account_credentials",
  fields: { userId: "account_id", providerId: "provider", accountId: "provider_account", ...times },
};

export const challengeSchema = {
  modelName: "account_challenges",
  fields: { expiresAt: "expires_at", ...times },
};

export const passkeySchema = {
  passkey: {
    modelName: "passkeys",
    fields: {
      userId: "account_id",
      publicKey: "public_key",
      credentialID: "credential_id",
      deviceType: "device_type",
      backedUp: "backed_up",
      createdAt: "created_at",
    },
  },
};
