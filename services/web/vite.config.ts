import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `vite` in development finds the gateway; a build does not know it: the page talks to its own origin. */
const gateway = 'http://127.0.0.1:7878'

export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist', target: 'es2023', sourcemap: false },
  server: { host: '127.0.0.1', proxy: { '/api': gateway, '/docs': gateway, '/openapi.json': gateway } },
})
