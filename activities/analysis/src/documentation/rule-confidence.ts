/** How sure sentences of rules are, by what they rest on. */
export const sure = {
  /** The catalog of the source says so itself. */
  structure: 1,
  /** A person of the source wrote it. */
  comment: 0.9,
  /** A part of the rows, or of the time, was seen. */
  observed: 0.8,
  /** A classification. */
  tagged: 0.7,
  /** Nothing but the name says so. */
  named: 0.4,
} as const
