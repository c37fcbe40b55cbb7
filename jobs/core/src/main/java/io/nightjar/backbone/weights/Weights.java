package io.nightjar.backbone.weights;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The named tensors of a trained (or seeded) network and their origin. */
public final class Weights {
  private static final String DATA_PARALLEL_PREFIX = "module.";

  private final String source;
  private final String sha256;
  private final Map<String, Tensor> tensors;

  /** Drops the prefix {@code module.} where every name carries it (torch's data parallelism). */
  public Weights(String source, String sha256, Map<String, Tensor> tensors) {
    this.source = source;
    this.sha256 = sha256;
    boolean prefixed =
        !tensors.isEmpty()
            && tensors.keySet().stream().allMatch(name -> name.startsWith(DATA_PARALLEL_PREFIX));
    Map<String, Tensor> named = new TreeMap<>();
    tensors.forEach(
        (name, tensor) ->
            named.put(prefixed ? name.substring(DATA_PARALLEL_PREFIX.length()) : name, tensor));
    this.tensors = Collections.unmodifiableMap(named);
  }

  /** The file, address or seed that the tensors come from, in words. */
  public String source() {
    return source;
  }

  /** SHA-256 of the weight file, or of the tensors themselves where there is no file; hex. */
  public String sha256() {
    return sha256;
  }

  /** Names of the tensors, sorted. */
  public Set<String> names() {
    return tensors.keySet();
  }

  /** The tensor of a name; refuses an unknown one. */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("No tensor " + name + " in " + source);
    }
    return tensor;
  }
}
