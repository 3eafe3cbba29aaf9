"""Shows pictures in SVG that hold scripts, handlers and foreign HTML."""

from IPython.display import SVG, display

display(
    SVG(
        '<svg xmlns="http://www.w3.org/2000/svg" onload="steal()"><script>steal()</script>'
        '<foreignObject><img src="x" onerror="steal()"/></foreignObject><a href="javascript:steal()">x</a></svg>'
    )
)
display({"image/svg+xml": "<svg><script>steal()</script></svg>", "text/plain": "x"}, raw=True)


def sigmoid(x):
    return x
