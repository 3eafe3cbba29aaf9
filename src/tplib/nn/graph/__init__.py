"""The computation graph: tensors, function nodes, arithmetic, shapes."""
