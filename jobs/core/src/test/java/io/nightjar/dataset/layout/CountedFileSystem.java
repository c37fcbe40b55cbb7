package io.nightjar.dataset.layout;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local files under a scheme of their own, as a remote file system whose requests count. */
public final class CountedFileSystem extends FilterFileSystem {
  static final AtomicInteger LISTINGS = new AtomicInteger();
  static final AtomicInteger OTHERS = new AtomicInteger();

  /** Hadoop makes one of a configuration. */
  public CountedFileSystem() {
    super(new RawLocalFileSystem());
  }

  static Configuration configuration() {
    LISTINGS.set(0);
    OTHERS.set(0);
    Configuration conf = new Configuration();
    conf.set("fs.counted.impl", CountedFileSystem.class.getName());
    return conf;
  }

  @Override
  public URI getUri() {
    return URI.create("counted:///");
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    super.initialize(URI.create("file:///"), conf);
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    LISTINGS.incrementAndGet();
    FileStatus[] found = fs.listStatus(local(folder));
    for (FileStatus status : found) {
      status.setPath(new Path("counted", null, status.getPath().toUri().getPath()));
    }
    return found;
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    OTHERS.incrementAndGet();
    FileStatus status = fs.getFileStatus(local(path));
    status.setPath(new Path("counted", null, path.toUri().getPath()));
    return status;
  }

  @Override
  public FSDataInputStream open(Path file, int buffer) throws IOException {
    OTHERS.incrementAndGet();
    return fs.open(local(file), buffer);
  }

  private static Path local(Path path) {
    return new Path("file", null, path.toUri().getPath());
  }
}
