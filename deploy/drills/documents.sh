#!/usr/bin/env bash
# Opens the specimen of a briefing in LibreOffice, as Word and Excel files, and makes pictures of its pages, to be looked
# at: margins, typeface, letterhead, headings on every page, page numbers.
# Needs: libreoffice-writer-nogui libreoffice-calc-nogui fonts-liberation2 poppler-utils
# usage: documents.sh [DIRECTORY]
set -euo pipefail
cd "$(dirname "$0")/../.."
out=${1:-$(mktemp -d)}
mkdir -p "$out"
for needed in soffice pdftoppm pdfinfo pdffonts; do
    command -v "$needed" >/dev/null || { echo "documents.sh: $needed is not installed" >&2; exit 1; }
done
cargo run --quiet --example specimen -- "$out"
for file in docx xlsx; do
    timeout 120 soffice "-env:UserInstallation=file://$out/profile" --headless --convert-to "pdf:$(
        [ $file = docx ] && echo writer_pdf_Export || echo calc_pdf_Export)" --outdir "$out/$file" "$out/specimen.$file" >/dev/null
    pdfinfo "$out/$file/specimen.pdf" | grep -E 'Pages|Page size'
    pdffonts "$out/$file/specimen.pdf"
    pdftoppm -r 60 -png "$out/$file/specimen.pdf" "$out/$file-page"
done
rm -rf "$out/profile"
echo "$out:"
ls "$out"/*.png
