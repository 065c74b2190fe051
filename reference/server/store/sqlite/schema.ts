/**
 * The tables. A column is called what the member of its record is called (`records.ts`); `number` is the order in which
 * rows came. Starters are in no table: see `starters.ts`.
 */

/** Written into the file as `application_id`: "E2ES" in ASCII. */
export const APPLICATION_ID = 0x45324553;

/** Written into the file as `user_version`; another one for every change of a table. */
export const SCHEMA_VERSION = 1;

export const SCHEMA = `
CREATE TABLE server (
  secret TEXT PRIMARY KEY
) STRICT;

CREATE TABLE accounts (
  number          INTEGER PRIMARY KEY,
  id              TEXT NOT NULL UNIQUE,
  email           TEXT NOT NULL UNIQUE,
  firstName       TEXT NOT NULL,
  lastName        TEXT NOT NULL,
  saltKey         TEXT NOT NULL,
  saltAuth        TEXT NOT NULL,
  saltEnc         TEXT NOT NULL,
  verifier        TEXT NOT NULL,
  publicKey       TEXT NOT NULL,
  encPrivateKey   TEXT NOT NULL,
  encSymmetricKey TEXT NOT NULL,
  isVerified      INTEGER NOT NULL,
  created         TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
  number    INTEGER PRIMARY KEY,
  hash      TEXT NOT NULL UNIQUE,
  accountId TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX sessions_of_account ON sessions (accountId);

-- The account may be gone by the time its mail is written, so this is no reference.
CREATE TABLE confirmations (
  number    INTEGER PRIMARY KEY,
  hash      TEXT NOT NULL UNIQUE,
  accountId TEXT NOT NULL,
  email     TEXT NOT NULL,
  expires   INTEGER NOT NULL
) STRICT;
CREATE INDEX confirmations_of_account ON confirmations (accountId);
CREATE INDEX confirmations_by_end ON confirmations (expires);

CREATE TABLE codes (
  number    INTEGER PRIMARY KEY,
  accountId TEXT NOT NULL UNIQUE REFERENCES accounts (id) ON DELETE CASCADE,
  hash      TEXT NOT NULL,
  wrong     INTEGER NOT NULL,
  expires   INTEGER NOT NULL
) STRICT;
CREATE INDEX codes_by_end ON codes (expires);

-- Owners of groups and of teams may be gone.
CREATE TABLE resource_groups (
  number           INTEGER PRIMARY KEY,
  id               TEXT NOT NULL UNIQUE,
  parentResourceId TEXT NOT NULL,
  name             TEXT NOT NULL,
  ownerAccountId   TEXT NOT NULL,
  created          TEXT NOT NULL
) STRICT;

CREATE TABLE links (
  number          INTEGER PRIMARY KEY,
  accountId       TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  resourceGroupId TEXT NOT NULL REFERENCES resource_groups (id) ON DELETE CASCADE,
  encSymmetricKey TEXT NOT NULL,
  UNIQUE (resourceGroupId, accountId)
) STRICT;
CREATE INDEX links_of_account ON links (accountId);

CREATE TABLE resources (
  number          INTEGER PRIMARY KEY,
  id              TEXT NOT NULL,
  name            TEXT NOT NULL,
  resourceGroupId TEXT NOT NULL REFERENCES resource_groups (id) ON DELETE CASCADE,
  version         TEXT NOT NULL,
  type            TEXT NOT NULL,
  createdBy       TEXT NOT NULL,
  lastEdited      INTEGER NOT NULL,
  lastEditedBy    TEXT NOT NULL,
  removed         INTEGER NOT NULL,
  encContent      TEXT NOT NULL,
  UNIQUE (resourceGroupId, id)
) STRICT;

CREATE TABLE teams (
  number         INTEGER PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,
  name           TEXT NOT NULL,
  ownerAccountId TEXT NOT NULL
) STRICT;

CREATE TABLE team_members (
  number    INTEGER PRIMARY KEY,
  teamId    TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
  accountId TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  UNIQUE (teamId, accountId)
) STRICT;
CREATE INDEX teams_of_account ON team_members (accountId);
`;
