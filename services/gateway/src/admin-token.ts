import { readFile, writeFile } from 'node:fs/promises'
import { ensureAdmin, type Database } from '@plumbline/store'
import { makeAccessToken } from './access-token.ts'

/** The organization that a local start makes. */
const organization = 'local'

/**
 * Makes sure that the token in the file opens the local organization as its admin; an empty place gets a new token, readable
 * by its owner alone. Repeating it changes nothing; another file adds another token.
 */
export async function ensureLocalAdmin(db: Database, tokenFile: string): Promise<void> {
  await ensureAdmin(db, { organization, tokenName: 'admin', token: await tokenIn(tokenFile) })
}

async function tokenIn(file: string): Promise<string> {
  try {
    const token = (await readFile(file, 'utf8')).trim()
    if (token !== '') return token
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  const token = makeAccessToken()
  await writeFile(file, `${token}\n`, { mode: 0o600 })
  return token
}
