// Builds the window's page into ui/dist and runs its tests. Nothing is fetched from a network at run time.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  clearScreen: false,
  server: { port: 5317, strictPort: true },
  build: { target: ['es2022', 'safari16', 'chrome111'], sourcemap: false, chunkSizeWarningLimit: 1200 },
  // Without the browser condition vitest takes Svelte's server build, which cannot mount a component.
  resolve: process.env.VITEST ? { conditions: ['browser'] } : undefined,
  test: { environment: 'jsdom', include: ['test/**/*.test.ts'], setupFiles: ['test/setup.ts'] },
});
