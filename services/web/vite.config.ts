import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `vite` in development finds the gateway; a build does not know it: the page talks to its own origin. */
const gateway = 'http://127.0.0.1:7878'

/** The first that know `light-dark()`: for older ones it would be rewritten into something that needs its own variables. */
const browsers = ['chrome123', 'edge123', 'firefox120', 'safari17.5']

export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist', target: browsers, sourcemap: false },
  server: { host: '127.0.0.1', proxy: { '/api': gateway, '/docs': gateway, '/openapi.json': gateway } },
})
