import { isWord, type Token } from './lex.ts'

const verbs = (
  'ALTER GRANT REVOKE VACUUM ANALYZE CLUSTER REINDEX CHECKPOINT SECURITY IMPORT REASSIGN MOVE PUT GET LIST LS REMOVE RM ' +
  'COLLECT MSCK OPTIMIZE REFRESH UNCACHE GO UNDROP UNSET DESC DESCRIBE SHOW COMMENT LOCK LISTEN UNLISTEN NOTIFY DISCARD'
).split(' ')

/** What is made or dropped that holds no rows. */
const kinds = (
  'RULE TRIGGER EVENT PUBLICATION SUBSCRIPTION STATISTICS AGGREGATE CAST OPERATOR COLLATION CONVERSION LANGUAGE TRANSFORM ' +
  'TABLESPACE ACCESS TEXT SERVER USER ROLE GROUP SEQUENCE TYPE DOMAIN EXTENSION INDEX SEARCH VECTOR POLICY FILE WAREHOUSE TAG ' +
  'MASKING ROW NETWORK STORAGE API SECURITY NOTIFICATION CATALOG RESOURCE SHARE SECRET DATABASE SCHEMA STREAMLIT RESERVATION ' +
  'CAPACITY ASSIGNMENT CONNECTION PROPERTY COMPUTE IMAGE APPLICATION SESSION PASSWORD AUTHENTICATION AGGREGATION PROJECTION ' +
  'JOIN PRIVACY PACKAGES GIT NOTEBOOK SERVICE FAILOVER REPLICATION STAGE FUNCTION PROCEDURE'
).split(' ')
const adjectives = ['OR', 'REPLACE', 'TEMP', 'TEMPORARY', 'SECURE', 'EXTERNAL', 'UNIQUE', 'PUBLIC', 'FOREIGN', 'ALL']

/** What is made of text: a body that cannot be read is no administration. */
const withBody = ['FUNCTION', 'PROCEDURE']

/**
 * Whether a statement sets up what is around the data, as rights, policies, indexes, warehouses, and moves no row: that the parser does
 * not know it costs nothing.
 */
export function isAdministration(tokens: readonly Token[]): boolean {
  const [first] = tokens
  if (isWord(first, ...verbs)) return true
  if (isWord(first, 'EXPORT')) return isWord(tokens[1], 'MODEL')
  if (!isWord(first, 'CREATE', 'DROP')) return false
  const kind = tokens.find((token, index) => index > 0 && !isWord(token, ...adjectives))
  if (isWord(first, 'DROP')) return isWord(kind, ...kinds, 'TASK', 'PIPE', 'STREAM', 'ALERT', 'MODEL', 'SNAPSHOT')
  return isWord(kind, ...kinds) && !isWord(kind, ...withBody)
}
