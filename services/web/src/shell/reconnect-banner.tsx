import { Alert } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useLiveState } from '../live/live-context.ts'

/** Short cuts heal by themselves and are shown beside the list only. */
const worthSayingMs = 5_000

/** Says that what is on the page may be out of date, once that has lasted. */
export function ReconnectBanner() {
  return useLiveState() === 'reconnecting' ? <LateBanner /> : null
}

function LateBanner() {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), worthSayingMs)
    return () => clearTimeout(timer)
  }, [])
  if (!late) return null
  return (
    <Alert color="yellow" radius={0} py={6} icon={<IconPlugConnectedX aria-hidden />} role="status">
      Plumbline does not answer: what you see may be out of date. Jobs go on running; this page catches up by itself.
    </Alert>
  )
}
