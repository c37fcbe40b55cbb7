package io.nightjar.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where libraries unpack their native code: only into folders that this process's user owns and no
 * other user can write, since anyone who writes there has their code run by this process.
 */
public final class NativeLibraries {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibraries.class);
  private static final String JAVACPP = "org.bytedeco.javacpp.cachedir";

  /** Which of this process's class loaders the folder in {@link #JAVACPP} is for. */
  private static final String JAVACPP_USER = "nightjar.javacpp.user";

  /** One for all class loaders, unlike what is in a class of ours. */
  private static final Object PROCESS = Runtime.getRuntime();

  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private NativeLibraries() {}

  /** Reads a property that is set for it, and keeps what it read. */
  public interface Reader {
    /** Reads the property. */
    void read() throws IOException;
  }

  /**
   * Sets where libraries are unpacked, unless their own properties do; to be called before any of
   * them is loaded. JavaCPP's, which have 50 MB, are kept in the user's cache where it is safe; all
   * others go with the process.
   *
   * <p>Java loads a file of native code for one class loader alone, and Spark Connect gives each
   * session one of its own. So the JavaCPP of a second one unpacks into a folder of its own, too.
   */
  public static void prepare() {
    synchronized (PROCESS) {
      setUnlessGiven("jna.tmpdir", ProcessFolder.get());
      setUnlessGiven("org.xerial.snappy.tempdir", ProcessFolder.get());
      setUnlessGiven("ZstdTempFolder", ProcessFolder.get());
      setUnlessGiven("io.netty.native.workdir", ProcessFolder.get());
      prepareJavaCpp();
    }
  }

  /**
   * The same for JavaCPP, which is about to be used.
   *
   * @param javaCpp has it read where to unpack, before another class loader's is set
   * @throws IOException if it cannot unpack there
   */
  public static void prepare(Reader javaCpp) throws IOException {
    synchronized (PROCESS) {
      prepare();
      javaCpp.read();
    }
  }

  private static void prepareJavaCpp() {
    String user =
        Integer.toHexString(System.identityHashCode(NativeLibraries.class.getClassLoader()));
    String before = System.getProperty(JAVACPP_USER, user);
    System.setProperty(JAVACPP_USER, user);
    if (!before.equals(user)) {
      System.setProperty(JAVACPP, ProcessFolder.get().resolve("javacpp").toString());
    } else if (System.getProperty(JAVACPP) == null) {
      Path cache = UserCache.folder().resolve("native");
      boolean safe = isSafe(cache);
      if (!safe) {
        LOG.info("Native libraries are not kept: {} is not this user's alone", cache);
      }
      setUnlessGiven(JAVACPP, safe ? cache : ProcessFolder.get().resolve("javacpp"));
    }
  }

  private static void setUnlessGiven(String property, Path folder) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, folder.toString());
    }
  }

  /** Whether a folder, which is created where it is absent, is safe to load code from. */
  static boolean isSafe(Path folder) {
    try {
      if (!folder.isAbsolute()) {
        return false;
      }
      if (!Files.exists(folder)) {
        Files.createDirectories(folder.getParent());
        if (Files.getFileStore(folder.getParent()).supportsFileAttributeView("posix")) {
          Files.createDirectory(
              folder,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
          Files.createDirectory(folder);
        }
      }
      return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          && Files.isWritable(folder)
          && Files.getOwner(folder).equals(Files.getOwner(ProcessFolder.get()))
          && !isOpenToOthers(folder)
          && !isOpenToOthers(folder.getParent());
    } catch (IOException e) {
      LOG.debug("{} cannot be used", folder, e);
      return false;
    }
  }

  private static boolean isOpenToOthers(Path folder) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
    return view != null
        && view.readAttributes().permissions().stream().anyMatch(OF_OTHERS::contains);
  }
}
