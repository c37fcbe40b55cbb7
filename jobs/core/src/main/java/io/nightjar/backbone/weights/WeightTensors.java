package io.nightjar.backbone.weights;

import java.util.Map;

/**
 * The tensors of a weight file.
 *
 * @param part the keys of a checkpoint under which they were found, such as {@code state_dict};
 *     empty where the file holds nothing else
 */
record WeightTensors(String part, Map<String, Tensor> tensors) {}
