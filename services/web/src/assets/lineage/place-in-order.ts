import type { Slot } from './layout.ts'

/** Neighbours that touch and are moved as one: `shift` is the mean of what its members would move by. */
interface Block {
  shift: number
  size: number
}

/**
 * Puts slots below one another in the order given, none overlapping, as near to where each wants to be as possible: the least
 * sum of squares, by pooling adjacent violators (isotonic regression, Barlow et al. 1972).
 * @param wanted height of each slot's middle, in px
 * @param centre is told the height of each slot's middle
 */
export function placeInOrder(slots: readonly Slot[], wanted: readonly number[], centre: Map<string, number>): void {
  const closest = middlesWithoutRoom(slots)
  const blocks: Block[] = []
  for (const [index, close] of closest.entries()) {
    let block: Block = { shift: (wanted[index] ?? 0) - close, size: 1 }
    for (let above = blocks.at(-1); above !== undefined && above.shift >= block.shift; above = blocks.at(-1)) {
      const size = above.size + block.size
      block = { shift: (above.shift * above.size + block.shift * block.size) / size, size }
      blocks.pop()
    }
    blocks.push(block)
  }
  const shifts = blocks.flatMap(({ shift, size }) => Array<number>(size).fill(shift))
  for (const [index, { id }] of slots.entries()) centre.set(id, (closest[index] ?? 0) + (shifts[index] ?? 0))
}

/** The middles of slots that stand as close as they may, from 0 down. */
function middlesWithoutRoom(slots: readonly Slot[]): number[] {
  let top = 0
  return slots.map(({ height }) => {
    const middle = top + height / 2
    top += height
    return middle
  })
}
