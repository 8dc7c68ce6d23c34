import { randomBytes } from 'node:crypto'

/** 192 random bits; the beginning tells a scanner of leaked secrets whose it is. */
export const makeAccessToken = (): string => `pl_${randomBytes(24).toString('base64url')}`
