import { defineConfig } from "vite";
import { licences } from "./licences";

/** Stable names: the integration serves the folder under its version number. */
export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [licences("licences.txt")],
  build: {
    target: "es2022",
    emptyOutDir: true,
    modulePreload: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: "src/legrand-ews.ts",
      output: {
        entryFileNames: "legrand-ews.js",
        chunkFileNames: "legrand-ews-[name].js",
        codeSplitting: {
          groups: [
            {
              name: "chart",
              test: /node_modules\/(echarts|zrender|tslib)|src\/chart\/engine/,
            },
          ],
        },
      },
    },
  },
});
