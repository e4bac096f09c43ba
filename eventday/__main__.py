"""`python -m eventday …`"""

from .cli import main

main()
