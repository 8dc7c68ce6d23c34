import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'

/** Where the key lies: itself in base64 (32 bytes), or a file that holds it so and is made when missing. */
export interface KeySource {
  key?: string | undefined
  keyFile?: string | undefined
  /** The only folder that `file:` references may name; `/run/secrets` when left out. */
  secretsFolder?: string | undefined
}

export interface Sealer {
  /** A digest of a text that may hold a secret: without the key nobody can find the text by trying. */
  digest(text: string): Buffer
  /** Encrypts credentials for one connection; they open for that connection only. */
  seal(connectionId: string, credentials: Record<string, string>): Buffer
  /**
   * Decrypts, and fetches what is only a reference: `env:NAME` from the environment, `file:PATH` from a file below the folder
   * of secrets (without the line break at its end).
   * @throws SealError
   */
  open(connectionId: string, sealed: Buffer): Record<string, string>
}

/** Credentials that cannot be opened. Never holds one of them, nor the key. */
export class SealError extends Error {
  override readonly name = 'SealError'
  readonly code = 'credentials-unreadable'
}

/** The layout: version, nonce, authentication tag, ciphertext. */
const version = 1
const nonceBytes = 12
const tagBytes = 16
const headerBytes = 1 + nonceBytes + tagBytes
const keyBytes = 32

/** AES-256-GCM; the connection's id is authenticated with it, so that a row copied to another connection does not open. */
export function createSealer(source: KeySource): Sealer {
  const key = loadKey(source)
  return {
    digest: (text) => createHmac('sha256', key).update(text).digest(),
    seal(connectionId, credentials) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(connectionId))
      const text = Buffer.concat([cipher.update(JSON.stringify(credentials), 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), text])
    },
    open(connectionId, sealed) {
      const credentials = parseCredentials(decrypt(key, connectionId, sealed))
      return Object.fromEntries(
        Object.entries(credentials).map(([name, value]) => [name, resolveReference(value, source)]),
      )
    },
  }
}

function decrypt(key: Buffer, connectionId: string, sealed: Buffer): string {
  if (sealed[0] !== version || sealed.length < headerBytes) {
    throw new SealError('The stored credentials have a form that this version does not know')
  }
  const nonce = sealed.subarray(1, 1 + nonceBytes)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
    .setAAD(Buffer.from(connectionId))
    .setAuthTag(sealed.subarray(1 + nonceBytes, headerBytes))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(headerBytes)), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new SealError('The stored credentials were sealed with another key', { cause })
  }
}

function parseCredentials(text: string): Record<string, string> {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null) throw new SealError('The stored credentials are no object')
  return Object.fromEntries(Object.entries(value).map(([name, secret]) => [name, String(secret)]))
}

/** What Plumbline itself runs on: a connection that could name it would send it to whatever host it names too. */
const ownSetting = /^(DATABASE_URL$|PLUMBLINE_|TEMPORAL_)/
/** Where containers are given their secrets; another folder is named by PLUMBLINE_SECRETS_FOLDER. */
const defaultSecretsFolder = '/run/secrets'
/** Far more than any password, key or certificate. */
const maxSecretBytes = 65_536

function resolveReference(value: string, source: KeySource): string {
  const [, scheme, place] = /^(env|file):(.+)$/s.exec(value) ?? []
  if (scheme === undefined || place === undefined) return value
  return scheme === 'env'
    ? secretInEnvironment(place)
    : secretInFile(place, source.secretsFolder ?? defaultSecretsFolder)
}

function secretInEnvironment(name: string): string {
  if (ownSetting.test(name))
    throw new SealError(`${name} belongs to Plumbline itself and is no credential of a connection`)
  const secret = process.env[name]
  if (secret === undefined) throw new SealError(`The environment variable ${name} is not set where the worker runs`)
  return secret
}

/** Only below one folder, after links are followed: who may make a connection must not read the worker's other files. */
function secretInFile(path: string, folder: string): string {
  try {
    const real = realpathSync(resolve(folder, path))
    if (!real.startsWith(`${realpathSync(folder)}${sep}`))
      throw new SealError(`The file ${path} is not below ${folder}`)
    const found = statSync(real)
    const [isFile, size] = [found.isFile(), found.size]
    if (!isFile || size > maxSecretBytes) {
      throw new SealError(`${path} is no file of at most ${maxSecretBytes} bytes`)
    }
    return readFileSync(real, 'utf8').replace(/\r?\n$/, '')
  } catch (cause) {
    if (cause instanceof SealError) throw cause
    throw new SealError(`The file ${path} cannot be read below ${folder} where the worker runs`, { cause })
  }
}

function loadKey({ key, keyFile }: KeySource): Buffer {
  if (key !== undefined) return decodeKey(key, 'PLUMBLINE_KEY')
  if (keyFile === undefined) throw new SealError('A key is missing: set PLUMBLINE_KEY or PLUMBLINE_KEY_FILE')
  const text = readIfThere(keyFile) ?? makeKeyFile(keyFile)
  return decodeKey(text, keyFile)
}

function decodeKey(text: string, from: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== keyBytes) throw new SealError(`${from} must hold ${keyBytes} bytes in base64`)
  return key
}

/** Gateway and worker may make it at the same moment: the first one's file is linked into place whole, both then read it. */
function makeKeyFile(path: string): string {
  mkdirSync(dirname(path), { recursive: true })
  const own = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(own, `${randomBytes(keyBytes).toString('base64')}\n`, { mode: 0o600 })
  chmodSync(own, 0o600)
  try {
    linkSync(own, path)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    rmSync(own, { force: true })
  }
  return readFileSync(path, 'utf8')
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
