import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { underLease, type StepLease } from '../jobs/step-lease.ts'

/** What a question is known by: the same is never paid twice. */
export interface ModelQuestionKey {
  organizationId: string
  assetId: string
  /** Of the facts it is about. */
  fingerprint: string
  promptVersion: string
  model: string
  /** 1: the question; 2: its repair. */
  round: 1 | 2
}

export interface KeptAnswer {
  text: string
  finishReason: string
}

export interface ArrivedAnswer extends KeptAnswer {
  inputTokens: number
  outputTokens: number
  /** Millionths of a US dollar. */
  costMicros: number
  jobId: string
}

export type QuestionClaim =
  | { kind: 'answered'; answer: KeptAnswer }
  /** Ask now: nobody else does. */
  | { kind: 'yours' }
  /** Another job waits for the answer. */
  | { kind: 'asked-elsewhere' }

const isKey = ({ organizationId, assetId, fingerprint, promptVersion, model, round }: ModelQuestionKey) => sql`
  organization_id = ${organizationId}::uuid and asset_id = ${assetId}::uuid and fingerprint = ${fingerprint}
  and prompt_version = ${promptVersion} and model = ${model} and round = ${round} and abandoned_at is null`

/**
 * The answer where there is one, else the right to ask for it: for `holdMs`, in which no other job does. An attempt that takes over from
 * a lost one of its own job does not wait. An answer that was unusable holds for the retries of its job; another one asks anew.
 *
 * @throws JobEndedError, AttemptSupersededError
 */
export async function claimQuestion(
  db: Database,
  lease: StepLease,
  key: ModelQuestionKey,
  holdMs: number,
): Promise<QuestionClaim> {
  return underLease(db, lease, async (trx) => {
    await sql`
      update model_answer m set abandoned_at = now() where ${isKey(key)} and unusable is not null and not exists (
        select from job mine join job theirs on theirs.root_job_id = mine.root_job_id
        where mine.id = ${lease.jobId}::uuid and theirs.id = m.job_id)`.execute(trx)
    const { rows: claimed } = await sql`
      insert into model_answer (organization_id, asset_id, fingerprint, prompt_version, model, round, job_id, claimed_until)
      values (${key.organizationId}::uuid, ${key.assetId}::uuid, ${key.fingerprint}, ${key.promptVersion}, ${key.model},
        ${key.round}, ${lease.jobId}::uuid, now() + ${holdMs} * interval '1 millisecond')
      on conflict (organization_id, asset_id, fingerprint, prompt_version, model, round) where abandoned_at is null
      do update set job_id = excluded.job_id, claimed_until = excluded.claimed_until, asked = model_answer.asked + 1
      where model_answer.answer is null
        and (model_answer.claimed_until < now() or model_answer.job_id = excluded.job_id)
      returning id`.execute(trx)
    if (claimed.length > 0) return { kind: 'yours' }
    const { rows } = await sql<{ text: string | null; finishReason: string }>`
      select answer as text, finish_reason as "finishReason" from model_answer where ${isKey(key)}`.execute(trx)
    const [row] = rows
    if (!row || row.text === null) return { kind: 'asked-elsewhere' }
    return { kind: 'answered', answer: { text: row.text, finishReason: row.finishReason } }
  })
}

/** Gives up the right to ask, so that nobody waits for an answer that will not come. `sent`: the question was, and may be paid for. */
export async function releaseQuestion(
  db: Database,
  lease: StepLease,
  key: ModelQuestionKey,
  { sent }: { sent: boolean },
): Promise<void> {
  await sql`
    update model_answer set claimed_until = now(), asked = asked - ${sent ? 0 : 1}::int
    where ${isKey(key)} and job_id = ${lease.jobId}::uuid and answer is null`.execute(db)
}

/**
 * Keeps an answer as soon as it arrived, whether or not its job still waits for it: it is paid. The first one that arrives holds; the
 * usage of a second one is added. @returns the one that holds
 */
export async function keepModelAnswer(db: Database, key: ModelQuestionKey, answer: ArrivedAnswer): Promise<KeptAnswer> {
  const { rows } = await sql<KeptAnswer>`
    update model_answer set answered_at = coalesce(answered_at, now()), answer = coalesce(answer, ${storable(answer.text)}),
      finish_reason = coalesce(finish_reason, ${answer.finishReason}), job_id = ${answer.jobId}::uuid,
      input_tokens = coalesce(input_tokens, 0) + ${answer.inputTokens},
      output_tokens = coalesce(output_tokens, 0) + ${answer.outputTokens},
      cost_micros = coalesce(cost_micros, 0) + ${answer.costMicros}
    where ${isKey(key)} returning answer as text, finish_reason as "finishReason"`.execute(db)
  return rows[0] ?? answer
}

/** Postgres keeps no zero bytes in texts. */
const storable = (text: string): string => text.replaceAll('\u0000', '')

/** Notes why nothing could be made of an answer. */
export async function markUnusable(db: Database, key: ModelQuestionKey, reason: string): Promise<void> {
  await sql`update model_answer set unusable = ${reason} where ${isKey(key)} and answer is not null`.execute(db)
}

export interface QuestionUsage {
  /** Questions that were sent, answered or not, repeats included. */
  calls: number
  inputTokens: number
  outputTokens: number
  /** Millionths of a US dollar. */
  costMicros: number
}

/** What the questions of a job came to so far. */
export async function questionUsage(db: Database, jobId: string): Promise<QuestionUsage> {
  const { rows } = await sql<QuestionUsage>`
    select coalesce(sum(asked), 0) as calls, coalesce(sum(input_tokens), 0) as "inputTokens",
      coalesce(sum(output_tokens), 0) as "outputTokens", coalesce(sum(cost_micros), 0)::float8 as "costMicros"
    from model_answer where job_id = ${jobId}::uuid`.execute(db)
  return rows[0] ?? { calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 }
}
