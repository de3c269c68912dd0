import { defineConfig } from "vite";

/** `npm run dev`: the cards on a page of their own, with a made-up site. */
export default defineConfig({
  root: import.meta.dirname,
  server: { port: 5179, strictPort: true, fs: { allow: [".."] } },
});
