package io.nightjar.notebook;

import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Reads notebooks in Databricks' source format. */
final class NotebookCells {
  private static final String HEADER = "// Databricks notebook source\n";
  private static final String SEPARATOR = "(?m)^// COMMAND ----------$";
  private static final String MAGIC = "// MAGIC";

  private NotebookCells() {}

  /** The cells in Scala, in order; cells of text and of other languages are left out. */
  static List<String> scala(Path notebook) throws IOException {
    String source = Files.readString(notebook);
    if (!source.startsWith(HEADER)) {
      throw new IllegalArgumentException(
          Text.format("%s does not start with \"%s\"", notebook, HEADER.strip()));
    }
    return Arrays.stream(source.substring(HEADER.length()).split(SEPARATOR))
        .map(String::strip)
        .filter(cell -> !cell.isEmpty() && !cell.startsWith(MAGIC))
        .toList();
  }
}
