package io.nightjar.backbone.onednn;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.nightjar.io.NativeLibraries;
import io.nightjar.text.Text;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import org.bytedeco.javacpp.Loader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads oneDNN once per process, on first use.
 *
 * <p>Version 1.6.2 is the last on Maven Central that needs neither OpenCL nor a processor's own
 * runtime, and has Winograd's convolutions for AVX-512, which later versions dropped: those of 3x3
 * with a quarter of the multiplications (Lavin and Gray, Fast Algorithms for Convolutional Neural
 * Networks, 2016).
 */
public final class OneDnn {
  private static final Logger LOG = LoggerFactory.getLogger(OneDnn.class);
  private static final String DESCRIPTION = "oneDNN 1.6.2";
  private static final String FOLDER = "/org/bytedeco/dnnl/linux-x86_64/";
  private static final String THREADS = "libgomp.so.1";

  /** {@code dnnl_cpu_isa_avx512_core}, whose bits all later processors have too. */
  static final int AVX512 = 0x27;

  private static final String OTHER_PLATFORM = "it is built for Linux on x86-64 processors";

  private OneDnn() {}

  /** Why this process cannot compute with oneDNN, as a clause; empty where it can. */
  public static String problem() {
    return Library.PROBLEM;
  }

  /**
   * Whether there is a library for this platform at all, whose processor may still lack AVX-512.
   */
  public static boolean isForThisPlatform() {
    return Platform.isLinux() && Platform.is64Bit() && Platform.isIntel();
  }

  /** The library and its version. */
  public static String description() {
    return DESCRIPTION;
  }

  /** Whether the library is in this process, even where its processor is not one to use it on. */
  public static boolean isLoaded() {
    return Library.PROBLEM.isEmpty() || Library.instructions != 0;
  }

  /**
   * The instructions that the library may use here, such as {@code AVX-512}: those of the
   * processor, unless ONEDNN_MAX_CPU_ISA or DNNL_MAX_CPU_ISA allows fewer; empty where it is not
   * loaded.
   */
  public static String instructions() {
    return isLoaded() ? Instructions.name(Library.instructions) : "";
  }

  /** The processor as a device; lives as long as the process. */
  static Pointer engine() {
    return Library.engine;
  }

  /**
   * Limits what the calling thread computes from now on to that thread: callers distribute the
   * cores.
   */
  static void useOneThread() {
    Library.setThreads.invokeVoid(new Object[] {1});
  }

  /**
   * Throws where a function reports a failure.
   *
   * @throws IllegalStateException naming what could not be done
   */
  static void require(int status, String what) {
    if (status != Dnnl.SUCCESS) {
      throw new IllegalStateException(
          Text.format(
              "%s could not %s: %s",
              DESCRIPTION,
              what,
              status == Dnnl.OUT_OF_MEMORY ? "out of memory" : "status " + status));
    }
  }

  /** Initialisation-on-demand holder: the library is loaded once, when first needed. */
  private static final class Library {
    private static Pointer engine;
    private static Function setThreads;
    private static int instructions;
    static final String PROBLEM = load();

    private static String load() {
      if (!isForThisPlatform()) {
        return OTHER_PLATFORM;
      }
      try {
        NativeLibraries.prepare(Loader::getCacheDir);
        setThreads = threads().getFunction("omp_set_num_threads");
        Native.register(Dnnl.class, NativeLibrary.getInstance(unpacked("libdnnl.so.1").getPath()));
        instructions = Dnnl.dnnl_get_effective_cpu_isa();
        if ((instructions & AVX512) != AVX512) {
          return "the processor lacks AVX-512";
        }
        PointerByReference created = new PointerByReference();
        require(Dnnl.dnnl_engine_create(created, Dnnl.CPU, 0), "use the processor");
        engine = created.getValue();
        return "";
      } catch (IOException | LinkageError | RuntimeException e) {
        LOG.debug("oneDNN could not be loaded", e);
        return "it could not be loaded (" + e + ")";
      }
    }

    /** The system's OpenMP library where there is one, which is newer than ours. */
    private static NativeLibrary threads() throws IOException {
      try {
        return NativeLibrary.getInstance(THREADS);
      } catch (UnsatisfiedLinkError e) {
        return NativeLibrary.getInstance(unpacked(THREADS).getPath());
      }
    }

    private static File unpacked(String name) throws IOException {
      URL resource = OneDnn.class.getResource(FOLDER + name);
      if (resource == null) {
        throw new IOException(FOLDER + name + " is not on the class path");
      }
      return Loader.cacheResource(resource);
    }
  }
}
