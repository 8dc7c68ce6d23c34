import type { JobAnswer, Product } from '../support/product.ts'

/** The job once it is completed. @throws when it ends otherwise */
export async function ended(product: Product, { id }: JobAnswer): Promise<JobAnswer> {
  for (;;) {
    const job = await product.job(id)
    if (job.status === 'completed') return job
    if (job.status !== 'pending' && job.status !== 'running') throw new Error(`${job.status}: ${job.message}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
