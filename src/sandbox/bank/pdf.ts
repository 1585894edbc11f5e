/**
 * A PDF of one page: lines of text in Courier (ISO 32000-1, 7.5: header, body, cross-reference table, trailer).
 *
 * @module
 */

/** The file, one character for each byte. */
export function pdfOf(lines: readonly string[]): string {
  const text = lines.map((line) => `(${escapeText(line)}) Tj T*`).join("\n");
  const content = `BT\n/F1 9 Tf\n12 TL\n48 744 Td\n${text}\nET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ];
  // Four bytes above 127 tell programs that the file is binary.
  let file = "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n";
  const entries = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries.join("")}`;
  return `${file}${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
}

/** WinAnsi has the letters of Latin-1 at the same places. */
function escapeText(line: string): string {
  return line.replace(/[\\()]/g, "\\$&").replace(/[^ -~\xa0-\xff]/g, "?");
}
