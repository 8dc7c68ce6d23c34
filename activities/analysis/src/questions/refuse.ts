/** Why a question is not answered, and what can be asked instead. */
export interface Refusal {
  kind: 'action' | 'secret' | 'out-of-scope'
  message: string
}

const can =
  'Ask what ran, what failed and why, how long something takes, what waits, how often, or who did it, which tables are stale, which metrics unusual, or what is scheduled; as "Which jobs failed since Monday?".'

const polite =
  /^(?:please|can you|could you|would you|will you|kindly|i want (?:you )?to|i need (?:you )?to|let'?s|go ahead and|now|hey|hi|hello|ok|okay)\b[\s,]*/
const actions =
  /^(?:cancel|retry|re-?run|restart|start|stop|kill|terminate|abort|pause|resume|delete|remove|drop|create|add|make|schedule|launch|trigger|run|execute|update|change|set|edit|rename|enable|disable|grant|revoke|import|export|fix|truncate|insert|alter|send|ignore|forget|pretend|write)\b/
const secrets =
  /\b(?:passwords?|passphrases?|secrets?|credentials?|api keys?|private keys?|access tokens?|bearer|connection strings?|token values?|tokens?)\b/

/** What whoever asks is told of each. */
export const refusals: Record<Refusal['kind'], Refusal> = {
  secret: { kind: 'secret', message: `Passwords, keys and tokens are never told. ${can}` },
  action: {
    kind: 'action',
    message: `Questions change nothing: use the buttons of the Jobs page, or the API, to do that. ${can}`,
  },
  'out-of-scope': {
    kind: 'out-of-scope',
    message: `Only jobs, and what they found, can be asked about, and what of this is about them was not understood. ${can}`,
  },
}

/** A question that asks for something to be done, or for what must not be told. */
export function refusalOf(text: string): Refusal | undefined {
  let rest = text.toLowerCase().trim()
  for (let before = ''; before !== rest; rest = rest.replace(polite, '')) before = rest
  if (secrets.test(rest)) return refusals.secret
  if (actions.test(rest) && !/^run(?:s|ning)?\b.*\?$/.test(rest)) return refusals.action
  return undefined
}
