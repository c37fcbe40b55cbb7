package io.nightjar.dataset.decode;

import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.testing.JavaCommand;
import io.nightjar.text.Text;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** A process with a small heap that decodes images by rows. */
final class RowsProcess {
  private RowsProcess() {}

  /** Prints a line for each file: rows and checksum, or why it is refused. */
  public static void main(String[] files) throws IOException {
    for (String file : files) {
      CRC32 checksum = new CRC32();
      int[] rows = {0};
      try {
        ImageDecoder.rows(
            Files.readAllBytes(Path.of(file)),
            "x",
            WhiteLevel.FULL,
            (y, row) -> {
              checksum.update(row);
              rows[0]++;
            });
        System.out.println(line(rows[0], checksum));
      } catch (UnreadableFileException e) {
        System.out.println(e.reason());
      }
    }
  }

  /** What is printed of an image that is read. */
  static String line(int rows, CRC32 checksum) {
    return Text.format("%d rows, checksum %08x", rows, checksum.getValue());
  }

  /** The lines of a process with a heap of so many MiB. */
  static List<String> run(int heap, Path... files) throws IOException {
    // Without libraries, whose lists of files would take much of the heap.
    String classes =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> Files.isDirectory(Path.of(entry)))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>(JavaCommand.of(classes));
    command.add(Text.format("-Xmx%dm", heap));
    command.add("-Djava.awt.headless=true");
    command.add(RowsProcess.class.getName());
    Stream.of(files).map(Path::toString).forEach(command::add);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return output.lines().toList();
  }
}
