import { Anchor, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { AssetKindIcon } from './asset-kind.tsx'
import classes from './assets.module.css'
import type { AssetKind } from '@plumbline/workflows'

interface AssetNameProps {
  asset: { id: string; kind: AssetKind; name: string; qualifiedName: string }
  /** One line: where the place ends, what it lies in is cut off before its own name is. The whole name is in the tooltip. */
  truncate?: boolean
  /** Makes it a link to the asset. */
  linked?: boolean
}

/** An asset by kind and name; what it lies in is written smaller before it. */
export function AssetName({ asset, truncate = false, linked = false }: AssetNameProps) {
  const prefix = asset.qualifiedName.endsWith(`.${asset.name}`) ? asset.qualifiedName.slice(0, -asset.name.length) : ''
  const name = (
    <Text span size="sm" className={truncate ? classes.truncated : classes.name} title={asset.qualifiedName}>
      <Text span size="xs" c="dimmed">
        <bdi>{prefix}</bdi>
      </Text>
      <span>{asset.name}</span>
    </Text>
  )
  return (
    <Group gap={6} wrap="nowrap" miw={0}>
      <AssetKindIcon kind={asset.kind} />
      {linked ? (
        <Anchor
          c="inherit"
          miw={0}
          renderRoot={(props) => <Link {...props} to="/assets/$assetId" params={{ assetId: asset.id }} />}
        >
          {name}
        </Anchor>
      ) : (
        name
      )}
    </Group>
  )
}
