/**
 * The part of an id people read out to each other. Ids that begin with their time (UUID v7) share their first half among
 * everything made in the same minute, so the end is shown.
 */
export const shortId = (id: string): string => id.slice(-8)
