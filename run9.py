import sys,importlib; mod=importlib.import_module(sys.argv[1]); from h import *; main()
