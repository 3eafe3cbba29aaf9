"""Shows HTML, JavaScript and Markdown that act in the browser of whoever opens the feedback."""

from IPython.display import HTML, Javascript, Markdown, display

display(HTML("<script>steal(document.cookie)</script><img src=x onerror=steal()>"))
display(Javascript("steal()"))
display(Markdown("[text](javascript:steal()) <b onmouseover=steal()>text</b>"))
print("<script>steal()</script>")


def sigmoid(x):
    return x
