package io.nightjar.job.watch.source;

import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.Sha256;
import io.nightjar.io.StorageRetry;
import io.nightjar.job.watch.ledger.ListedFile;
import io.nightjar.job.watch.ledger.Outcome;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Gives a row for each file of a task, in their order. Bytes are given where the file has the
 * length and the time that it was listed with after all of it was read, and so is no other and no
 * half of one; otherwise the row says what the file is instead.
 */
final class FilesReader implements PartitionReader<InternalRow> {
  private final Path root;
  private final Iterator<ListedFile> files;
  private final Configuration configuration;
  private InternalRow row = InternalRow.empty();

  FilesReader(String root, List<ListedFile> files, Configuration configuration) {
    this.root = new Path(root);
    this.files = files.iterator();
    this.configuration = configuration;
  }

  @Override
  public boolean next() throws IOException {
    if (!files.hasNext()) {
      return false;
    }
    row = read(files.next());
    return true;
  }

  @Override
  public InternalRow get() {
    return row;
  }

  @Override
  public void close() {
    row = InternalRow.empty();
  }

  private InternalRow read(ListedFile file) throws IOException {
    Path path = HadoopPaths.child(root, file.path());
    byte[] bytes;
    try {
      bytes = FileBytes.read(path.toString(), configuration);
    } catch (UnreadableFileException e) {
      return without(file, find(path), Outcome.QUARANTINED, e.reason());
    }
    Optional<FileStatus> after = find(path);
    return bytes.length == file.length() && isAsListed(file, after)
        ? row(file, null, null, Sha256.of(bytes), bytes)
        : without(file, after, Outcome.CHANGED, "");
  }

  private static InternalRow without(
      ListedFile file, Optional<FileStatus> now, Outcome otherwise, String reason) {
    if (now.isEmpty()) {
      return row(file, Outcome.GONE, "The file was gone before it was read.", null, null);
    }
    if (otherwise == Outcome.CHANGED || !isAsListed(file, now)) {
      return row(
          file,
          Outcome.CHANGED,
          Text.format(
              "The file was written to after it had been listed: it had %d bytes, and has %d."
                  + " Write files elsewhere, and rename them into the folder.",
              file.length(), now.get().getLen()),
          null,
          null);
    }
    return row(file, otherwise, reason, null, null);
  }

  private static boolean isAsListed(ListedFile file, Optional<FileStatus> now) {
    return now.isPresent()
        && now.get().getLen() == file.length()
        && now.get().getModificationTime() == file.modified();
  }

  private Optional<FileStatus> find(Path path) throws IOException {
    FileSystem system = PlainFiles.of(path, configuration);
    try {
      return Optional.of(
          StorageRetry.of(configuration)
              .call("looked at", path.toString(), () -> system.getFileStatus(path)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private static InternalRow row(
      ListedFile file, Outcome fault, String detail, String sha256, byte[] content) {
    return new GenericInternalRow(
        new Object[] {
          UTF8String.fromString(file.path()),
          file.length(),
          file.modified(),
          fault == null ? null : UTF8String.fromString(fault.name()),
          UTF8String.fromString(detail),
          UTF8String.fromString(sha256),
          content
        });
  }
}
