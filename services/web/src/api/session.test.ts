import { describe, expect, it, vi } from 'vitest'
import { memoryStorage } from './browser-storage.ts'
import { createSession, tokenInHash } from './session.ts'

describe('tokenInHash', () => {
  it('finds the token of an address that signs in', () => {
    expect(tokenInHash('#token=pl_abc')).toBe('pl_abc')
    expect(tokenInHash('#x=1&token=pl_abc')).toBe('pl_abc')
  })

  it('is null for every other hash', () => {
    expect(tokenInHash('')).toBeNull()
    expect(tokenInHash('#token=')).toBeNull()
    expect(tokenInHash('#section')).toBeNull()
  })
})

describe('createSession', () => {
  it('survives a reload', () => {
    const storage = memoryStorage()
    createSession(storage).signIn('pl_abc')
    expect(createSession(storage).state()).toEqual({ token: 'pl_abc', rejected: false })
  })

  it('forgets a rejected token and says so, until the next one', () => {
    const storage = memoryStorage()
    const session = createSession(storage)
    session.signIn('old')
    session.signOut({ rejected: true })
    expect(session.state()).toEqual({ token: null, rejected: true })
    expect(createSession(storage).state().token).toBeNull()
    session.signIn('new')
    expect(session.state()).toEqual({ token: 'new', rejected: false })
  })

  it('tells listeners until they leave', () => {
    const session = createSession(memoryStorage())
    const listener = vi.fn<() => void>()
    const leave = session.subscribe(listener)
    session.signIn('a')
    leave()
    session.signOut()
    expect(listener).toHaveBeenCalledTimes(1)
  })
})
